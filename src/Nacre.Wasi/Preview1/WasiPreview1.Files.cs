using Nacre.Wasi.FileSystems;
using Nacre.Wasi.Preview1;

namespace Nacre.Wasi;

/// <content>Open files and directories.</content>
public sealed partial class WasiPreview1
{
    [HostFunction("fd_seek")]
    internal Errno FdSeek(Caller caller, uint number, long byteOffset, uint whence, uint positionAddress)
    {
        bool isTelling = byteOffset == 0 && whence == (uint)Whence.Cur;
        return Seek(caller, number, isTelling ? Rights.FdTell : Rights.FdSeek, byteOffset, whence, positionAddress);
    }

    [HostFunction("fd_tell")]
    private Errno FdTell(Caller caller, uint number, uint positionAddress)
        => Seek(caller, number, Rights.FdTell, byteOffset: 0, (uint)Whence.Cur, positionAddress);

    [HostFunction("fd_advise")]
    private Errno FdAdvise(uint number, ulong byteOffset, ulong byteCount, uint advice)
    {
        const uint LastAdvice = 5;
        using Held held = Find(number, Rights.FdAdvise, out Errno error);
        if (error != Errno.Success) return error;
        return advice > LastAdvice ? Errno.Inval : held.Descriptor.Advise(byteOffset, byteCount);
    }

    [HostFunction("fd_allocate")]
    private Errno FdAllocate(uint number, ulong byteOffset, ulong byteCount)
    {
        using Held held = Find(number, Rights.FdAllocate, out Errno error);
        return error == Errno.Success ? held.Descriptor.Allocate(byteOffset, byteCount) : error;
    }

    [HostFunction("fd_datasync")]
    private Errno FdDatasync(uint number)
    {
        using Held held = Find(number, Rights.FdDatasync, out Errno error);
        return error == Errno.Success ? held.Descriptor.Sync(dataOnly: true) : error;
    }

    [HostFunction("fd_sync")]
    private Errno FdSync(uint number)
    {
        using Held held = Find(number, Rights.FdSync, out Errno error);
        return error == Errno.Success ? held.Descriptor.Sync(dataOnly: false) : error;
    }

    [HostFunction("fd_filestat_get")]
    private Errno FdFilestatGet(Caller caller, uint number, uint statAddress)
    {
        Errno error = Stat(number, out Filestat stat);
        return error == Errno.Success ? new GuestMemory(caller.Memory).Write(statAddress, stat) : error;
    }

    /// <summary>Tells what is known about an open descriptor.</summary>
    internal Errno Stat(uint number, out Filestat stat)
    {
        stat = default;
        using Held held = Find(number, Rights.FdFilestatGet, out Errno error);
        return error == Errno.Success ? held.Descriptor.Stat(out stat) : error;
    }

    [HostFunction("fd_filestat_set_size")]
    private Errno FdFilestatSetSize(uint number, ulong byteCount)
    {
        using Held held = Find(number, Rights.FdFilestatSetSize, out Errno error);
        return error == Errno.Success ? held.Descriptor.SetSize(byteCount) : error;
    }

    [HostFunction("fd_filestat_set_times")]
    private Errno FdFilestatSetTimes(uint number, ulong accessTime, ulong modificationTime, uint flags)
    {
        using Held held = Find(number, Rights.FdFilestatSetTimes, out Errno error);
        if (error != Errno.Success) return error;
        error = Times(accessTime, modificationTime, flags, out TimeChange access, out TimeChange modification);
        return error == Errno.Success ? held.Descriptor.SetTimes(access, modification) : error;
    }

    private Errno Seek(Caller caller, uint number, Rights needed, long byteOffset, uint whence, uint positionAddress)
    {
        using Held held = Find(number, needed, out Errno error);
        if (error != Errno.Success) return error;
        if (whence > (uint)Whence.End) return Errno.Inval;
        var memory = new GuestMemory(caller.Memory);
        if (!memory.Contains(positionAddress, sizeof(ulong))) return Errno.Fault;
        using Turn.Scope turn = held.Descriptor.ReadTurn.Take(caller);
        error = held.Descriptor.Seek(byteOffset, (Whence)whence, out ulong position);
        return error == Errno.Success ? memory.Write(positionAddress, position) : error;
    }

    // A time is changed to a given one, to the present or not at all; the flags must not say two of these.
    private static Errno Times(ulong accessTime, ulong modificationTime, uint bits, out TimeChange access, out TimeChange modification)
    {
        var flags = (Fstflags)bits;
        access = Change(flags, Fstflags.Atim, Fstflags.AtimNow, accessTime);
        modification = Change(flags, Fstflags.Mtim, Fstflags.MtimNow, modificationTime);
        return (bits & ~(uint)Fstflags.All) != 0
            || (flags & (Fstflags.Atim | Fstflags.AtimNow)) == (Fstflags.Atim | Fstflags.AtimNow)
            || (flags & (Fstflags.Mtim | Fstflags.MtimNow)) == (Fstflags.Mtim | Fstflags.MtimNow)
            ? Errno.Inval
            : Errno.Success;
    }

    private static TimeChange Change(Fstflags flags, Fstflags given, Fstflags now, ulong nanoseconds)
        => (flags & now) != 0 ? TimeChange.Now : (flags & given) != 0 ? TimeChange.At(nanoseconds) : TimeChange.None;
}
