using Nacre.Wasi.Preview1;

namespace Nacre.Wasi;

/// <content>The table of descriptors, and what all descriptors have.</content>
public sealed partial class WasiPreview1
{
    private const uint FdstatByteCount = 24;     // filetype: u8 | flags: u16 at 2 | rights: u64 at 8 | inheriting rights: u64 at 16
    private const uint PrestatByteCount = 8;     // tag: u8, 0 for a directory | byte count of its name: u32 at 4

    private readonly DescriptorTable _descriptors;

    [HostFunction("fd_close")]
    private Errno FdClose(uint number) => _descriptors.Remove(number) is { } descriptor ? descriptor.Close() : Errno.Badf;

    [HostFunction("fd_renumber")]
    private Errno FdRenumber(uint from, uint to) => _descriptors.Renumber(from, to);

    [HostFunction("fd_fdstat_get")]
    private Errno FdFdstatGet(Caller caller, uint number, uint statAddress)
    {
        if (_descriptors[number] is not { } descriptor) return Errno.Badf;
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
        Errno error = Find(number, Rights.FdFdstatSetFlags, out Descriptor descriptor);
        if (error != Errno.Success) return error;
        return (flags & ~(uint)Fdflags.All) != 0 ? Errno.Inval : descriptor.SetFlags((Fdflags)flags);
    }

    /// <summary>Rights that do not exist are as good as given up.</summary>
    [HostFunction("fd_fdstat_set_rights")]
    private Errno FdFdstatSetRights(uint number, ulong rights, ulong inheritingRights)
        => _descriptors[number] is { } descriptor
            ? descriptor.Restrict((Rights)rights & Rights.All, (Rights)inheritingRights & Rights.All)
            : Errno.Badf;

    /// <summary>By asking one descriptor after the other, guests find out which directories they have.</summary>
    [HostFunction("fd_prestat_get")]
    private Errno FdPrestatGet(Caller caller, uint number, uint statAddress)
    {
        if (_descriptors[number]?.PreopenedName is not { } name) return Errno.Badf;
        var memory = new GuestMemory(caller.Memory);
        if (!memory.TrySlice(statAddress, PrestatByteCount, out Span<byte> stat)) return Errno.Fault;
        stat.Clear();
        return memory.Write(statAddress + 4UL, (uint)name.Length);
    }

    [HostFunction("fd_prestat_dir_name")]
    private Errno FdPrestatDirName(Caller caller, uint number, uint nameAddress, uint byteCount)
    {
        if (_descriptors[number]?.PreopenedName is not { } name) return Errno.Badf;
        if (byteCount < (uint)name.Length) return Errno.Nametoolong;
        if (!new GuestMemory(caller.Memory).TrySlice(nameAddress, (uint)name.Length, out Span<byte> bytes)) return Errno.Fault;
        name.CopyTo(bytes);
        return Errno.Success;
    }

    // The open descriptor with a number, when the guest has all of the rights.
    private Errno Find(uint number, Rights needed, out Descriptor descriptor)
    {
        descriptor = _descriptors[number]!;
        if (descriptor is null) return Errno.Badf;
        Rights missing = needed & ~descriptor.Rights;
        return missing == 0 ? Errno.Success : descriptor.Refusal(missing);
    }
}
