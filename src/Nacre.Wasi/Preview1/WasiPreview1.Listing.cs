using Nacre.Wasi.FileSystems;
using Nacre.Wasi.Preview1;

namespace Nacre.Wasi;

/// <content>Listing of directories.</content>
public sealed partial class WasiPreview1
{
    [HostFunction("fd_readdir")]
    private Errno FdReaddir(Caller caller, uint number, uint bufferAddress, uint byteCount, ulong cookie, uint usedByteCountAddress)
    {
        using Held held = Find(number, Rights.FdReaddir, out Errno error);
        if (error != Errno.Success) return error;
        var memory = new GuestMemory(caller.Memory);
        if (!memory.Contains(bufferAddress, byteCount) || !memory.Contains(usedByteCountAddress, sizeof(uint))) return Errno.Fault;

        using Turn.Scope turn = held.Descriptor.ReadTurn.Take(caller);
        error = held.Directory.Dirents.Write(held.Directory, cookie, caller.Memory, bufferAddress, byteCount, out uint used);
        return error == Errno.Success ? memory.Write(usedByteCountAddress, used) : error;
    }
}
