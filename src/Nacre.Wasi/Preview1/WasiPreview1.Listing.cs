using Nacre.Wasi.FileSystems;
using Nacre.Wasi.Preview1;

namespace Nacre.Wasi;

/// <content>Listing of directories.</content>
public sealed partial class WasiPreview1
{
    private DirentWriter? _dirents;

    [HostFunction("fd_readdir")]
    private Errno FdReaddir(Caller caller, uint number, uint bufferAddress, uint byteCount, ulong cookie, uint usedByteCountAddress)
    {
        Errno error = Find(number, Rights.FdReaddir, out Descriptor descriptor);
        if (error != Errno.Success) return error;
        var memory = new GuestMemory(caller.Memory);
        if (!memory.Contains(bufferAddress, byteCount) || !memory.Contains(usedByteCountAddress, sizeof(uint))) return Errno.Fault;

        _dirents ??= new DirentWriter();
        error = _dirents.Write((DirectoryDescriptor)descriptor, cookie, caller.Memory, bufferAddress, byteCount, out uint used);
        return error == Errno.Success ? memory.Write(usedByteCountAddress, used) : error;
    }
}
