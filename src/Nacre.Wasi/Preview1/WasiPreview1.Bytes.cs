using Nacre.Wasi.FileSystems;
using Nacre.Wasi.Preview1;

namespace Nacre.Wasi;

/// <content>Reading and writing.</content>
public sealed partial class WasiPreview1
{
    private const int GatheredByteCount = 4096, FewBufferCount = 16;

    [HostFunction("fd_read")]
    private Errno FdRead(Caller caller, uint number, uint buffersAddress, uint bufferCount, uint byteCountAddress)
        => Read(caller, number, buffersAddress, bufferCount, offset: null, byteCountAddress);

    [HostFunction("fd_pread")]
    private Errno FdPread(Caller caller, uint number, uint buffersAddress, uint bufferCount, ulong byteOffset, uint byteCountAddress)
        => Read(caller, number, buffersAddress, bufferCount, byteOffset, byteCountAddress);

    [HostFunction("fd_write")]
    private Errno FdWrite(Caller caller, uint number, uint buffersAddress, uint bufferCount, uint byteCountAddress)
        => Write(caller, number, buffersAddress, bufferCount, offset: null, byteCountAddress);

    [HostFunction("fd_pwrite")]
    private Errno FdPwrite(Caller caller, uint number, uint buffersAddress, uint bufferCount, ulong byteOffset, uint byteCountAddress)
        => Write(caller, number, buffersAddress, bufferCount, byteOffset, byteCountAddress);

    // Without an offset it goes on at the descriptor's position, and waits first where there is waiting.
    private Errno Read(Caller caller, uint number, uint buffersAddress, uint bufferCount, ulong? offset, uint byteCountAddress)
    {
        using Held held = Find(number, RightsAt(offset) | Rights.FdRead, out Errno error);
        if (error != Errno.Success) return error;
        var memory = new GuestMemory(caller.Memory);
        Span<GuestBuffer> few = stackalloc GuestBuffer[FewBufferCount];
        error = ReadBuffers(memory, buffersAddress, bufferCount, byteCountAddress, few, out Span<GuestBuffer> buffers, out ulong byteCount);
        if (error != Errno.Success) return error;
        if (offset is not null) return ReadInto(memory, held.Descriptor, buffers, offset, byteCountAddress);

        using Turn.Scope turn = caller.TakeTurn(held.Descriptor, held.Descriptor.ReadTurn, out error);
        if (error == Errno.Success && byteCount > 0) error = caller.WaitToRead(held.Descriptor, byteCount);
        return error == Errno.Success ? ReadInto(memory, held.Descriptor, buffers, offset, byteCountAddress) : error;
    }

    private Errno Write(Caller caller, uint number, uint buffersAddress, uint bufferCount, ulong? offset, uint byteCountAddress)
    {
        using Held held = Find(number, RightsAt(offset) | Rights.FdWrite, out Errno error);
        return error == Errno.Success ? Write(caller, held.Descriptor, buffersAddress, bufferCount, offset, byteCountAddress) : error;
    }

    private static Errno Write(Caller caller, Descriptor descriptor, uint buffersAddress, uint bufferCount, ulong? offset, uint byteCountAddress)
    {
        var memory = new GuestMemory(caller.Memory);
        Span<GuestBuffer> few = stackalloc GuestBuffer[FewBufferCount];
        Errno error = ReadBuffers(memory, buffersAddress, bufferCount, byteCountAddress, few, out Span<GuestBuffer> buffers, out ulong byteCount);
        if (error != Errno.Success) return error;
        if (offset is not null) return WriteFrom(caller, memory, descriptor, buffers, byteCount, offset, byteCountAddress);

        using Turn.Scope turn = caller.TakeTurn(descriptor, descriptor.WriteTurn, out error);
        if (error == Errno.Success && byteCount > 0) error = caller.WaitToWrite(descriptor);
        return error == Errno.Success ? WriteFrom(caller, memory, descriptor, buffers, byteCount, offset, byteCountAddress) : error;
    }

    private static Rights RightsAt(ulong? offset) => offset is null ? Rights.None : Rights.FdSeek;

    /// <summary>Fills the buffers from a file; from a stream, only the first with room: what is there now, rather than waiting for more.</summary>
    private static Errno ReadInto(
        GuestMemory memory, Descriptor descriptor, ReadOnlySpan<GuestBuffer> buffers, ulong? offset, uint byteCountAddress)
    {
        Errno error = Errno.Success;
        uint total = 0;
        foreach (GuestBuffer buffer in buffers)
        {
            if (buffer.ByteCount == 0) continue;
            error = offset is { } start
                ? descriptor.Pread(start + total, memory.Slice(buffer), out int byteCount)
                : descriptor.Read(memory.Slice(buffer), out byteCount);
            total += (uint)byteCount;
            if (error != Errno.Success || byteCount < buffer.ByteCount || descriptor.FileType != FileType.RegularFile) break;
        }
        return error == Errno.Success || total > 0 ? memory.Write(byteCountAddress, total) : error;
    }

    /// <summary>Writes the buffers one after the other, until one is not written whole.</summary>
    private static Errno WriteFrom(
        Caller caller, GuestMemory memory, Descriptor descriptor, ReadOnlySpan<GuestBuffer> buffers, ulong byteCount, ulong? offset,
        uint byteCountAddress)
    {
        if (buffers.Length > 1 && byteCount is > 0 and <= GatheredByteCount)
        {
            Errno failure = PutGathered(caller, memory, descriptor, buffers, offset, out int gathered);
            return failure == Errno.Success ? memory.Write(byteCountAddress, (uint)gathered) : failure;
        }

        Errno error = Errno.Success;
        uint total = 0;
        foreach (GuestBuffer buffer in buffers)
        {
            if (buffer.ByteCount == 0) continue;
            error = Put(caller, descriptor, memory.Slice(buffer), offset + total, out int written);
            total += (uint)written;
            if (error != Errno.Success || written < buffer.ByteCount) break;
        }
        return error == Errno.Success || total > 0 ? memory.Write(byteCountAddress, total) : error;
    }

    // Where there is waiting, what there was no room for follows when there is some.
    private static Errno Put(Caller caller, Descriptor descriptor, ReadOnlySpan<byte> bytes, ulong? offset, out int byteCount)
    {
        if (offset is { } start) return descriptor.Pwrite(start, bytes, out byteCount);
        Errno error = descriptor.Write(bytes, out byteCount);
        while (descriptor.MayWait && byteCount < bytes.Length && error is Errno.Success or Errno.Again)
        {
            error = caller.WaitToWrite(descriptor);
            if (error != Errno.Success) break;
            error = descriptor.Write(bytes[byteCount..], out int more);
            byteCount += more;
        }
        return byteCount > 0 ? Errno.Success : error;
    }

    // A line that comes in pieces is one write of the host, and appears in one piece beside the lines of others.
    private static Errno PutGathered(
        Caller caller, GuestMemory memory, Descriptor descriptor, ReadOnlySpan<GuestBuffer> buffers, ulong? offset, out int byteCount)
    {
        Span<byte> gathered = stackalloc byte[GatheredByteCount];
        int length = 0;
        foreach (GuestBuffer buffer in buffers)
        {
            memory.Slice(buffer).CopyTo(gathered[length..]);
            length += (int)buffer.ByteCount;
        }
        return Put(caller, descriptor, gathered[..length], offset, out byteCount);
    }

    // Nothing is read or written unless all buffers, and what the guest is told about them, are inside the memory.
    private static Errno ReadBuffers(
        GuestMemory memory, uint buffersAddress, uint bufferCount, uint byteCountAddress, Span<GuestBuffer> few, out Span<GuestBuffer> buffers,
        out ulong byteCount)
    {
        Errno error = memory.ReadBuffers(buffersAddress, bufferCount, few, out buffers, out byteCount);
        return memory.Contains(byteCountAddress, sizeof(uint)) ? error : Errno.Fault;
    }
}
