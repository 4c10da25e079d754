using Nacre.Wasi.Preview1;

namespace Nacre.Wasi;

/// <content>The table of descriptors, and what all descriptors have.</content>
public sealed partial class WasiPreview1
{
    private const uint FdstatByteCount = 24;     // filetype: u8 | flags: u16 at 2 | rights: u64 at 8 | inheriting rights: u64 at 16
    private const uint PrestatByteCount = 8;     // tag: u8, 0 for a directory | byte count of its name: u32 at 4

    private readonly DescriptorTable _descriptors;

    [HostFunction("fd_close")]
    private Errno FdClose(uint number) => _descriptors.Close(number);

    [HostFunction("fd_renumber")]
    private Errno FdRenumber(uint from, uint to) => _descriptors.Renumber(from, to);

    [HostFunction("fd_fdstat_get")]
    private Errno FdFdstatGet(Caller caller, uint number, uint statAddress)
    {
        using Held held = _descriptors.Hold(number);
        if (held.IsNone) return Errno.Badf;
        Descriptor descriptor = held.Descriptor;
        var memory = new GuestMemory(caller.Memory);
        if (!memory.TrySlice(statAddress, FdstatByteCount, out Span<byte> stat)) return Errno.Fault;

        stat.Clear();
        stat[0] = (byte)descriptor.FileType;
        stat[2] = (byte)descriptor.Flags;       // all flags lie in the lowest byte
        memory.Write(statAddress + 8UL, (ulong)descriptor.Rights);
        return memory.Write(statAddress + 16UL, (ulong)descriptor.InheritingRights);
    }

    [HostFunction("fd_fdstat_set_flags")]
    private Errno FdFdstatSetFlags(uint number, uint flags)
    {
        using Held held = Find(number, Rights.FdFdstatSetFlags, out Errno error);
        if (error != Errno.Success) return error;
        return (flags & ~(uint)Fdflags.All) != 0 ? Errno.Inval : held.Descriptor.SetFlags((Fdflags)flags);
    }

    /// <summary>Rights that do not exist are as good as given up.</summary>
    [HostFunction("fd_fdstat_set_rights")]
    private Errno FdFdstatSetRights(uint number, ulong rights, ulong inheritingRights)
    {
        using Held held = _descriptors.Hold(number);
        return held.IsNone ? Errno.Badf : held.Descriptor.Restrict((Rights)rights & Rights.All, (Rights)inheritingRights & Rights.All);
    }

    /// <summary>By asking one descriptor after the other, guests find out which directories they have.</summary>
    [HostFunction("fd_prestat_get")]
    private Errno FdPrestatGet(Caller caller, uint number, uint statAddress)
    {
        if (PreopenedName(number) is not { } name) return Errno.Badf;
        var memory = new GuestMemory(caller.Memory);
        if (!memory.TrySlice(statAddress, PrestatByteCount, out Span<byte> stat)) return Errno.Fault;
        stat.Clear();
        return memory.Write(statAddress + 4UL, (uint)name.Length);
    }

    [HostFunction("fd_prestat_dir_name")]
    private Errno FdPrestatDirName(Caller caller, uint number, uint nameAddress, uint byteCount)
    {
        if (PreopenedName(number) is not { } name) return Errno.Badf;
        if (byteCount < (uint)name.Length) return Errno.Nametoolong;
        if (!new GuestMemory(caller.Memory).TrySlice(nameAddress, (uint)name.Length, out Span<byte> bytes)) return Errno.Fault;
        name.CopyTo(bytes);
        return Errno.Success;
    }

    private byte[]? PreopenedName(uint number)
    {
        using Held held = _descriptors.Hold(number);
        return held.IsNone ? null : held.Descriptor.PreopenedName;
    }

    // Holds the open descriptor with a number; it is to be used when the guest has all of the rights.
    private Held Find(uint number, Rights needed, out Errno error)
    {
        Held held = _descriptors.Hold(number);
        error = held.IsNone ? Errno.Badf : held.Descriptor.Check(needed);
        return held;
    }
}
