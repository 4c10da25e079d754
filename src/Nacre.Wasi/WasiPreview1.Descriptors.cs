namespace Nacre.Wasi;

/// <content>Standard streams.</content>
public sealed partial class WasiPreview1
{
    private const uint FdstatByteCount = 24;     // filetype: u8 | flags: u16 at 2 | rights: u64 at 8 | inheriting rights: u64 at 16
    private const int GatheredByteCount = 4096;

    private readonly Descriptor?[] _descriptors;
    private byte[]? _gathered;

    [HostFunction("fd_close")]
    private Errno FdClose(uint descriptorIndex)
    {
        if (Find(descriptorIndex) is not { } descriptor) return Errno.Badf;
        _descriptors[descriptorIndex] = null;
        return descriptor.Flush();
    }

    [HostFunction("fd_fdstat_get")]
    private Errno FdFdstatGet(Caller caller, uint descriptorIndex, uint statAddress)
    {
        if (Find(descriptorIndex) is not { } descriptor) return Errno.Badf;
        if (!new GuestMemory(caller.Memory).TrySlice(statAddress, FdstatByteCount, out Span<byte> stat)) return Errno.Fault;

        stat.Clear();
        stat[0] = (byte)descriptor.FileType;
        stat[8] = (byte)descriptor.Rights;       // the rights that a stream has lie in the lowest byte
        return Errno.Success;
    }

    /// <summary>A stream has no position to move.</summary>
    [HostFunction("fd_seek")]
    private Errno FdSeek(uint descriptorIndex, long byteOffset, uint origin, uint positionAddress)
        => Find(descriptorIndex) is null ? Errno.Badf : Errno.Spipe;

    /// <summary>Reads once, into the first buffer that has room: what is there now, rather than waiting for more.</summary>
    [HostFunction("fd_read")]
    private Errno FdRead(Caller caller, uint descriptorIndex, uint buffersAddress, uint bufferCount, uint byteCountAddress)
    {
        if (Find(descriptorIndex) is not { } descriptor) return Errno.Badf;

        var memory = new GuestMemory(caller.Memory);
        uint byteCount = 0;
        for (uint index = 0; index < bufferCount; index++)
        {
            if (!memory.TryGetBuffer(buffersAddress, index, out Span<byte> buffer)) return Errno.Fault;
            if (buffer.IsEmpty) continue;
            Errno error = descriptor.Read(buffer, out byteCount);
            if (error != Errno.Success) return error;
            break;
        }
        return memory.Write(byteCountAddress, byteCount);
    }

    /// <summary>Writes all buffers, or nothing when one of them is not inside the memory.</summary>
    [HostFunction("fd_write")]
    private Errno FdWrite(Caller caller, uint descriptorIndex, uint buffersAddress, uint bufferCount, uint byteCountAddress)
    {
        if (Find(descriptorIndex) is not { } descriptor) return Errno.Badf;

        var memory = new GuestMemory(caller.Memory);
        ulong byteCount = 0;
        for (uint index = 0; index < bufferCount; index++)
        {
            if (!memory.TryGetBuffer(buffersAddress, index, out Span<byte> buffer)) return Errno.Fault;
            byteCount += (uint)buffer.Length;
        }
        if (byteCount > uint.MaxValue) return Errno.Inval;

        Errno error = byteCount <= GatheredByteCount
            ? WriteGathered(descriptor, memory, buffersAddress, bufferCount)
            : WriteEach(descriptor, memory, buffersAddress, bufferCount);
        return error == Errno.Success ? memory.Write(byteCountAddress, (uint)byteCount) : error;
    }

    // A line that comes in pieces is one write of the host, and appears in one piece beside the lines of others.
    private Errno WriteGathered(Descriptor descriptor, GuestMemory memory, uint buffersAddress, uint bufferCount)
    {
        _gathered ??= new byte[GatheredByteCount];
        int byteCount = 0;
        for (uint index = 0; index < bufferCount && memory.TryGetBuffer(buffersAddress, index, out Span<byte> buffer); index++)
        {
            buffer.CopyTo(new Span<byte>(_gathered, byteCount, GatheredByteCount - byteCount));
            byteCount += buffer.Length;
        }
        return descriptor.Write(new ReadOnlySpan<byte>(_gathered, 0, byteCount));
    }

    private static Errno WriteEach(Descriptor descriptor, GuestMemory memory, uint buffersAddress, uint bufferCount)
    {
        Errno error = Errno.Success;
        for (uint index = 0; index < bufferCount && error == Errno.Success; index++)
        {
            if (memory.TryGetBuffer(buffersAddress, index, out Span<byte> buffer)) error = descriptor.Write(buffer);
        }
        return error;
    }

    private Descriptor? Find(uint index) => index < (uint)_descriptors.Length ? _descriptors[index] : null;
}
