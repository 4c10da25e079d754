namespace Nacre.Wasi.FileSystems;

/// <summary>An open directory, the seam between WASI and what files are kept in.</summary>
/// <remarks>
/// <para>Every operation takes <em>one name</em> in this very directory: never a path, never empty, <c>.</c> or <c>..</c>, without slash
/// and zero character, at most <see cref="MaximumNameByteCount"/> bytes of UTF-8. No operation follows a symbolic link. Whoever resolves
/// paths goes from handle to handle and expands links itself, so no change of names, at whatever moment, leads out of the directory that
/// was opened first. An implementation over something that gives names more meaning (device names, other separators, case) refuses such
/// names (<see cref="Errno.Inval"/>).</para>
/// <para>What changes something answers <see cref="Errno.Rofs"/> unless overridden.</para>
/// </remarks>
public abstract class WasiDirectory : WasiNode
{
    /// <summary>How many bytes of UTF-8 a name has at most.</summary>
    public const int MaximumNameByteCount = 255;

    /// <summary>How many bytes of UTF-8 a path, or the target of a link, has at most.</summary>
    internal const int MaximumPathByteCount = 4096;

    /// <summary>Opens a file or directory.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="mode">How.</param>
    /// <param name="node">The handle, a <see cref="WasiFile"/> or a <see cref="WasiDirectory"/>, the caller's; null unless successful.</param>
    /// <returns><see cref="Errno.Loop"/> for a symbolic link, also one with <see cref="OpenMode.Directory"/>.</returns>
    public abstract Errno Open(string name, OpenMode mode, out WasiNode? node);

    /// <summary>Opens a directory in order to go on to a name in it; what need not be readable for that.</summary>
    /// <inheritdoc cref="Open" path="/returns"/>
    public virtual Errno Enter(string name, out WasiDirectory? directory)
    {
        Errno error = Open(name, OpenMode.Directory, out WasiNode? node);
        directory = (WasiDirectory?)node;
        return error;
    }

    /// <summary>Opens the directory itself once more.</summary>
    public abstract Errno Reopen(out WasiDirectory? directory);

    /// <summary>Tells what is known about what a name refers to, be it a link.</summary>
    public abstract Errno Stat(string name, out Filestat stat);

    /// <summary>Tells where a symbolic link leads.</summary>
    /// <returns><see cref="Errno.Inval"/> when the name is not that of a link.</returns>
    public virtual Errno ReadLink(string name, out string? target)
    {
        target = null;
        Errno error = Stat(name, out _);
        return error == Errno.Success ? Errno.Inval : error;
    }

    /// <summary>Hands out the directory's entries, without <c>.</c> and <c>..</c>.</summary>
    /// <param name="cookie">0 for all, or the <see cref="DirectoryEntry.NextCookie"/> of the entry after which to go on.</param>
    /// <param name="receiver">Takes one entry after the other, until it answers false.</param>
    /// <remarks>Entries that come or go meanwhile may or may not be seen; each of the others is seen exactly once, whenever it is asked for.</remarks>
    public abstract Errno ReadEntries(ulong cookie, DirectoryEntryReceiver receiver);

    /// <summary>Changes the times of what a name refers to, be it a link.</summary>
    public virtual Errno SetTimes(string name, TimeChange access, TimeChange modification) => Errno.Rofs;

    /// <summary>Creates an empty directory.</summary>
    public virtual Errno CreateDirectory(string name) => Errno.Rofs;

    /// <summary>Removes an empty directory.</summary>
    /// <returns><see cref="Errno.Notdir"/>, <see cref="Errno.Notempty"/>.</returns>
    public virtual Errno RemoveDirectory(string name) => Errno.Rofs;

    /// <summary>Removes the name of a file or link; the file goes when it has no other and is not open.</summary>
    /// <returns><see cref="Errno.Isdir"/> for a directory.</returns>
    public virtual Errno Unlink(string name) => Errno.Rofs;

    /// <summary>Moves a name, in one step, and replaces what has the new name: a file by a file, an empty directory by a directory.</summary>
    /// <param name="name">The name here.</param>
    /// <param name="target">Where to, perhaps this directory. One of another file system answers <see cref="Errno.Xdev"/>.</param>
    /// <param name="targetName">The name there.</param>
    public virtual Errno Rename(string name, WasiDirectory target, string targetName) => Errno.Rofs;

    /// <summary>Gives a file, or a link as such, one more name.</summary>
    /// <param name="name">A name it has, here. A directory's answers <see cref="Errno.Perm"/>.</param>
    /// <param name="target">Where the new name is to be. A directory of another file system answers <see cref="Errno.Xdev"/>.</param>
    /// <param name="targetName">The new name.</param>
    public virtual Errno Link(string name, WasiDirectory target, string targetName) => Errno.Rofs;

    /// <summary>Creates a symbolic link.</summary>
    /// <param name="target">Where it leads; kept as it is.</param>
    /// <param name="name">The link's name.</param>
    public virtual Errno Symlink(string target, string name) => Errno.Rofs;
}

/// <summary>A name in a directory.</summary>
/// <param name="Name">The name.</param>
/// <param name="FileType">What it refers to.</param>
/// <param name="Inode">The file's number in its file system; 0 when that would have to be looked up.</param>
/// <param name="NextCookie">What to go on with after this entry; not 0.</param>
public readonly record struct DirectoryEntry(string Name, FileType FileType, ulong Inode, ulong NextCookie);

/// <summary>Takes an entry of a directory.</summary>
/// <returns>False when it has no room for it: there is nothing more to hand out.</returns>
public delegate bool DirectoryEntryReceiver(in DirectoryEntry entry);
