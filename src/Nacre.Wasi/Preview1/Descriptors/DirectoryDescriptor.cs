using Nacre.Wasi.FileSystems;

namespace Nacre.Wasi.Preview1;

/// <summary>An open directory.</summary>
/// <param name="directory">The directory.</param>
/// <param name="rights">What the guest may do with it.</param>
/// <param name="inheritingRights">What the guest may do with descriptors that come from it.</param>
/// <param name="preopenedName">Name under which the guest finds it, in UTF-8, when it was opened beforehand: then it stays the host's.</param>
internal sealed class DirectoryDescriptor(WasiDirectory directory, Rights rights, Rights inheritingRights, byte[]? preopenedName)
    : Descriptor(FileType.Directory, rights, inheritingRights)
{
    public WasiDirectory Directory => directory;

    /// <summary>How the guest knows the places in its listing. Used by who has the turn to read.</summary>
    public CookieNumbers Cookies => field ??= new CookieNumbers();

    /// <summary>Hands its entries to the guest. Used by who has the turn to read.</summary>
    public DirentWriter Dirents => field ??= new DirentWriter();

    public override byte[]? PreopenedName => preopenedName;

    protected override Errno Meaningless => Errno.Isdir;

    protected override Rights Meaningful => Rights.Directory;

    public override Errno Stat(out Filestat stat) => directory.Stat(out stat);

    public override Errno SetTimes(TimeChange access, TimeChange modification) => directory.SetTimes(access, modification);

    public override Errno Advise(ulong byteOffset, ulong byteCount) => Errno.Success;

    public override Errno Sync(bool dataOnly) => directory.Sync(dataOnly);

    protected override Errno Close()
    {
        if (preopenedName is null) directory.Dispose();
        return Errno.Success;
    }
}
