using Nacre.Wasi.FileSystems;
using Nacre.Wasi.Preview1;

namespace Nacre.Wasi;

/// <content>Reading and writing.</content>
public sealed partial class WasiPreview1
{
    private const int GatheredByteCount = 4096;

    // As many buffers as POSIX systems take: what a guest asks for in one call is work that nobody can interrupt.
    private const uint MaximumBufferCount = 1024;

    private byte[]? _gathered;

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
        Errno error = Find(number, RightsAt(offset) | Rights.FdRead, out Descriptor descriptor);
        if (error == Errno.Success && offset is null) error = caller.WaitToRead(descriptor);
        return error == Errno.Success
            ? ReadInto(new GuestMemory(caller.Memory), descriptor, buffersAddress, bufferCount, offset, byteCountAddress)
            : error;
    }

    private Errno Write(Caller caller, uint number, uint buffersAddress, uint bufferCount, ulong? offset, uint byteCountAddress)
    {
        Errno error = Find(number, RightsAt(offset) | Rights.FdWrite, out Descriptor descriptor);
        if (error == Errno.Success && offset is null) error = caller.WaitToWrite(descriptor);
        return error == Errno.Success
            ? WriteFrom(new GuestMemory(caller.Memory), descriptor, buffersAddress, bufferCount, offset, byteCountAddress)
            : error;
    }

    private static Rights RightsAt(ulong? offset) => offset is null ? Rights.None : Rights.FdSeek;

    /// <summary>Fills the buffers from a file; from a stream, only the first with room: what is there now, rather than waiting for more.</summary>
    private static Errno ReadInto(
        GuestMemory memory, Descriptor descriptor, uint buffersAddress, uint bufferCount, ulong? offset, uint byteCountAddress)
    {
        Errno error = CheckBuffers(memory, buffersAddress, bufferCount, byteCountAddress, out _);
        uint total = 0;
        for (uint index = 0; index < bufferCount && error == Errno.Success; index++)
        {
            if (!memory.TryGetBuffer(buffersAddress, index, out Span<byte> buffer)) return Errno.Fault;
            if (buffer.IsEmpty) continue;
            error = offset is { } start
                ? descriptor.Pread(start + total, buffer, out int byteCount)
                : descriptor.Read(buffer, out byteCount);
            total += (uint)byteCount;
            if (byteCount < buffer.Length || descriptor.FileType != FileType.RegularFile) break;
        }
        return error == Errno.Success || total > 0 ? memory.Write(byteCountAddress, total) : error;
    }

    /// <summary>Writes the buffers one after the other, until one is not written whole.</summary>
    private Errno WriteFrom(
        GuestMemory memory, Descriptor descriptor, uint buffersAddress, uint bufferCount, ulong? offset, uint byteCountAddress)
    {
        Errno error = CheckBuffers(memory, buffersAddress, bufferCount, byteCountAddress, out ulong byteCount);
        if (error != Errno.Success) return error;
        if (bufferCount > 1 && byteCount is > 0 and <= GatheredByteCount)
        {
            error = Put(descriptor, Gather(memory, buffersAddress, bufferCount), offset, out int gathered);
            return error == Errno.Success ? memory.Write(byteCountAddress, (uint)gathered) : error;
        }

        uint total = 0;
        for (uint index = 0; index < bufferCount && error == Errno.Success; index++)
        {
            if (!memory.TryGetBuffer(buffersAddress, index, out Span<byte> buffer)) return Errno.Fault;
            if (buffer.IsEmpty) continue;
            error = Put(descriptor, buffer, offset + total, out int written);
            total += (uint)written;
            if (written < buffer.Length) break;
        }
        return error == Errno.Success || total > 0 ? memory.Write(byteCountAddress, total) : error;
    }

    private static Errno Put(Descriptor descriptor, ReadOnlySpan<byte> bytes, ulong? offset, out int byteCount)
        => offset is { } start ? descriptor.Pwrite(start, bytes, out byteCount) : descriptor.Write(bytes, out byteCount);

    // A line that comes in pieces is one write of the host, and appears in one piece beside the lines of others.
    private ReadOnlySpan<byte> Gather(GuestMemory memory, uint buffersAddress, uint bufferCount)
    {
        _gathered ??= new byte[GatheredByteCount];
        int byteCount = 0;
        for (uint index = 0; index < bufferCount && memory.TryGetBuffer(buffersAddress, index, out Span<byte> buffer); index++)
        {
            buffer.CopyTo(new Span<byte>(_gathered, byteCount, GatheredByteCount - byteCount));
            byteCount += buffer.Length;
        }
        return new ReadOnlySpan<byte>(_gathered, 0, byteCount);
    }

    // Nothing is read or written unless all buffers, and what the guest is told about them, are inside the memory.
    private static Errno CheckBuffers(GuestMemory memory, uint buffersAddress, uint bufferCount, uint byteCountAddress, out ulong byteCount)
    {
        byteCount = 0;
        if (!memory.Contains(buffersAddress, bufferCount * (ulong)GuestMemory.BufferByteCount)) return Errno.Fault;
        if (!memory.Contains(byteCountAddress, sizeof(uint))) return Errno.Fault;
        if (bufferCount > MaximumBufferCount) return Errno.Inval;
        for (uint index = 0; index < bufferCount; index++)
        {
            if (!memory.TryGetBuffer(buffersAddress, index, out Span<byte> buffer)) return Errno.Fault;
            byteCount += (uint)buffer.Length;
        }
        return byteCount > uint.MaxValue ? Errno.Inval : Errno.Success;
    }
}
