using Nacre.Wasi.FileSystems;

namespace Nacre.Wasi.Preview1;

/// <summary>What a number in a guest's table of descriptors refers to.</summary>
/// <remarks>
/// The functions of WASI ask it for the rights they need and then do one thing with it; what a kind of descriptor has no meaning for
/// answers as that kind does. It owns what it was made of.
/// <para>Several threads of a guest may use it at once: it stays open while one of them does (<see cref="Held"/>), and what has a position
/// or an order is read and written in turns, which whoever calls takes (docs/decisions/0014).</para>
/// </remarks>
/// <param name="fileType">What the guest is told it to be.</param>
/// <param name="rights">What the guest may do with it.</param>
/// <param name="inheritingRights">What the guest may do with descriptors that come from it.</param>
internal abstract class Descriptor(FileType fileType, Rights rights, Rights inheritingRights)
{
    private readonly Lock _restricting = new();
    private int _holderCount = 1;       // the table, and calls that use it

    public FileType FileType => fileType;

    public Rights Rights { get; private set; } = rights;

    public Rights InheritingRights { get; private set; } = inheritingRights;

    public Fdflags Flags { get; protected set; }

    /// <summary>Name under which the guest finds a directory that was opened beforehand, in UTF-8; null for everything else.</summary>
    public virtual byte[]? PreopenedName => null;

    /// <summary>What a function that this kind of descriptor has no meaning for answers.</summary>
    protected abstract Errno Meaningless { get; }

    /// <summary>What the rights are that this kind of descriptor can have at all.</summary>
    protected abstract Rights Meaningful { get; }

    // What a function answers that needs rights which are not there.
    private Errno Refusal(Rights missing)
    {
        const Rights OfSockets = Rights.SockAccept | Rights.SockShutdown;
        if ((missing & (Rights.FdRead | Rights.FdWrite)) != 0 && FileType != FileType.Directory) return Errno.Badf;
        if ((missing & ~Meaningful) == 0) return Errno.Notcapable;
        if ((missing & OfSockets) != 0) return Errno.Notsock;
        return (missing & (Rights.Directory & ~Rights.File)) != 0 ? Errno.Notdir : Meaningless;
    }

    /// <summary>Whether the guest has all of these rights: who may seek may tell.</summary>
    public Errno Check(Rights needed)
    {
        Rights missing = needed & ~((Rights & Rights.FdSeek) != 0 ? Rights | Rights.FdTell : Rights);
        return missing == 0 ? Errno.Success : Refusal(missing);
    }

    /// <summary>Gives up rights.</summary>
    /// <returns><see cref="Errno.Notcapable"/> when some would be new.</returns>
    public Errno Restrict(Rights remaining, Rights inheriting)
    {
        lock (_restricting)
        {
            if ((remaining & ~Rights) != 0 || (inheriting & ~InheritingRights) != 0) return Errno.Notcapable;
            (Rights, InheritingRights) = (remaining, inheriting);
            return Errno.Success;
        }
    }

    /// <summary>Keeps it open until <see cref="Release"/>; done by who knows that it is open.</summary>
    public void Hold() => Interlocked.Increment(ref _holderCount);

    /// <summary>Closes it when nobody else holds it.</summary>
    /// <returns>How closing went; success when somebody else is going to do it.</returns>
    public Errno Release() => Interlocked.Decrement(ref _holderCount) == 0 ? Close() : Errno.Success;

    /// <summary>Who reads takes it, and does so before waiting for something to read.</summary>
    public virtual Turn ReadTurn { get; } = new();

    /// <summary>Who writes takes it, and does so before waiting for room.</summary>
    public virtual Turn WriteTurn => ReadTurn;

    /// <summary>Changes how it reads and writes.</summary>
    public virtual Errno SetFlags(Fdflags flags)
    {
        Flags = flags;
        return Errno.Success;
    }

    /// <summary>Reads what there is, at most a buffer full, and goes on behind it.</summary>
    /// <param name="buffer">What to fill; not empty.</param>
    /// <param name="byteCount">Number of bytes; 0 at the end.</param>
    public virtual Errno Read(Span<byte> buffer, out int byteCount)
    {
        byteCount = 0;
        return Meaningless;
    }

    /// <summary>Writes, and goes on behind what was written.</summary>
    /// <param name="bytes">What to write; not empty.</param>
    /// <param name="byteCount">Number of bytes written, at least one unless an error is answered.</param>
    public virtual Errno Write(ReadOnlySpan<byte> bytes, out int byteCount)
    {
        byteCount = 0;
        return Meaningless;
    }

    /// <summary>Reads from an offset.</summary>
    /// <inheritdoc cref="Read" path="/param"/>
    public virtual Errno Pread(ulong byteOffset, Span<byte> buffer, out int byteCount)
    {
        byteCount = 0;
        return Meaningless;
    }

    /// <summary>Writes at an offset.</summary>
    /// <inheritdoc cref="Write" path="/param"/>
    public virtual Errno Pwrite(ulong byteOffset, ReadOnlySpan<byte> bytes, out int byteCount)
    {
        byteCount = 0;
        return Meaningless;
    }

    /// <summary>Moves the position.</summary>
    public virtual Errno Seek(long byteOffset, Whence whence, out ulong position)
    {
        position = 0;
        return Meaningless;
    }

    /// <summary>Tells what is known about what it refers to.</summary>
    public virtual Errno Stat(out Filestat stat)
    {
        stat = new Filestat { FileType = FileType };
        return Errno.Success;
    }

    public virtual Errno SetTimes(TimeChange access, TimeChange modification) => Meaningless;

    public virtual Errno SetSize(ulong byteCount) => Meaningless;

    public virtual Errno Allocate(ulong byteOffset, ulong byteCount) => Meaningless;

    public virtual Errno Advise(ulong byteOffset, ulong byteCount) => Meaningless;

    /// <summary>Whether reading or writing it can take as long as somebody else likes.</summary>
    public virtual bool MayWait => false;

    /// <summary>Whether reading and writing it wait by themselves; otherwise they answer <see cref="Errno.Again"/> instead.</summary>
    public virtual bool WaitsByItself => false;

    /// <summary>Ends when reading would answer at once, be it with an error. Asking may begin to read ahead.</summary>
    /// <param name="byteCount">How many bytes may be read ahead, at least one.</param>
    public virtual Task ReadReady(int byteCount) => Task.CompletedTask;

    /// <summary>Ends when writing would answer at once, be it with an error.</summary>
    public virtual Task WriteReady => Task.CompletedTask;

    /// <summary>Tells what there is to read once <see cref="ReadReady"/> has ended.</summary>
    /// <param name="byteCount">Number of bytes; 0 when there are none or it is not known.</param>
    /// <param name="isHungUp">Whether who writes it has gone.</param>
    public virtual Errno Readable(out ulong byteCount, out bool isHungUp)
    {
        (byteCount, isHungUp) = (0, false);
        return Errno.Success;
    }

    /// <summary>Returns when what was written has arrived.</summary>
    public virtual Errno Sync(bool dataOnly) => Errno.Success;

    /// <summary>Ends its use.</summary>
    protected abstract Errno Close();
}
