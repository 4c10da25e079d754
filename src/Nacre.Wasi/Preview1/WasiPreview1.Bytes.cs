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
        if (offset is not null) return ReadInto(memory, held.Descriptor, buffersAddress, bufferCount, offset, byteCountAddress);

        using Turn.Scope turn = caller.TakeTurn(held.Descriptor, held.Descriptor.ReadTurn, out error);
        if (error == Errno.Success) error = caller.WaitToRead(held.Descriptor);
        return error == Errno.Success
            ? ReadInto(memory, held.Descriptor, buffersAddress, bufferCount, offset, byteCountAddress)
            : error;
    }

    private Errno Write(Caller caller, uint number, uint buffersAddress, uint bufferCount, ulong? offset, uint byteCountAddress)
    {
        using Held held = Find(number, RightsAt(offset) | Rights.FdWrite, out Errno error);
        if (error != Errno.Success) return error;
        return offset is null
            ? WriteInTurn(caller, held.Descriptor, buffersAddress, bufferCount, byteCountAddress)
            : WriteFrom(new GuestMemory(caller.Memory), held.Descriptor, buffersAddress, bufferCount, offset, byteCountAddress);
    }

    private static Errno WriteInTurn(Caller caller, Descriptor descriptor, uint buffersAddress, uint bufferCount, uint byteCountAddress)
    {
        using Turn.Scope turn = caller.TakeTurn(descriptor, descriptor.WriteTurn, out Errno error);
        if (error == Errno.Success) error = caller.WaitToWrite(descriptor);
        return error == Errno.Success
            ? WriteFrom(new GuestMemory(caller.Memory), descriptor, buffersAddress, bufferCount, offset: null, byteCountAddress)
            : error;
    }

    private static Rights RightsAt(ulong? offset) => offset is null ? Rights.None : Rights.FdSeek;

    /// <summary>Fills the buffers from a file; from a stream, only the first with room: what is there now, rather than waiting for more.</summary>
    private static Errno ReadInto(
        GuestMemory memory, Descriptor descriptor, uint buffersAddress, uint bufferCount, ulong? offset, uint byteCountAddress)
    {
        Span<GuestBuffer> few = stackalloc GuestBuffer[FewBufferCount];
        Errno error = ReadBuffers(memory, buffersAddress, bufferCount, byteCountAddress, few, out Span<GuestBuffer> buffers, out _);
        if (error != Errno.Success) return error;
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
        GuestMemory memory, Descriptor descriptor, uint buffersAddress, uint bufferCount, ulong? offset, uint byteCountAddress)
    {
        Span<GuestBuffer> few = stackalloc GuestBuffer[FewBufferCount];
        Errno error = ReadBuffers(memory, buffersAddress, bufferCount, byteCountAddress, few, out Span<GuestBuffer> buffers, out ulong byteCount);
        if (error != Errno.Success) return error;
        if (bufferCount > 1 && byteCount is > 0 and <= GatheredByteCount)
        {
            error = PutGathered(memory, descriptor, buffers, offset, out int gathered);
            return error == Errno.Success ? memory.Write(byteCountAddress, (uint)gathered) : error;
        }

        uint total = 0;
        foreach (GuestBuffer buffer in buffers)
        {
            if (buffer.ByteCount == 0) continue;
            error = Put(descriptor, memory.Slice(buffer), offset + total, out int written);
            total += (uint)written;
            if (error != Errno.Success || written < buffer.ByteCount) break;
        }
        return error == Errno.Success || total > 0 ? memory.Write(byteCountAddress, total) : error;
    }

    private static Errno Put(Descriptor descriptor, ReadOnlySpan<byte> bytes, ulong? offset, out int byteCount)
        => offset is { } start ? descriptor.Pwrite(start, bytes, out byteCount) : descriptor.Write(bytes, out byteCount);

    // A line that comes in pieces is one write of the host, and appears in one piece beside the lines of others.
    private static Errno PutGathered(GuestMemory memory, Descriptor descriptor, ReadOnlySpan<GuestBuffer> buffers, ulong? offset, out int byteCount)
    {
        Span<byte> gathered = stackalloc byte[GatheredByteCount];
        int length = 0;
        foreach (GuestBuffer buffer in buffers)
        {
            memory.Slice(buffer).CopyTo(gathered[length..]);
            length += (int)buffer.ByteCount;
        }
        return Put(descriptor, gathered[..length], offset, out byteCount);
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
