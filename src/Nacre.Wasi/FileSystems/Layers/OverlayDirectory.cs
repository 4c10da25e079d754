namespace Nacre.Wasi.FileSystems;

/// <summary>One directory over another: what is changed is changed above, and what is below stays as it is.</summary>
/// <remarks>
/// A file from below is copied upwards when it is first opened for writing, dated, moved or given another name; handles opened before go
/// on to show the one below. What is removed from below is hidden for as long as the overlay exists. A directory that exists below is not
/// moved: that answers <see cref="Errno.Xdev"/>, as on other overlays, and programs copy it instead. Any number of threads and guests may use
/// it and its handles at once, if they may use what it is made of.
/// </remarks>
public sealed class OverlayDirectory : WasiDirectory
{
    private readonly Whole _whole;
    private readonly OverlayState _state;
    private readonly WasiDirectory _lower;
    private WasiDirectory? _upper;
    private NumberedListing? _listing;

    /// <summary>Lays one directory over another.</summary>
    /// <param name="upper">Where changes go, such as the root of a <see cref="MemoryFileSystem"/>. It stays the caller's.</param>
    /// <param name="lower">What is seen where <paramref name="upper"/> has nothing. It stays the caller's, and is not changed.</param>
    public OverlayDirectory(WasiDirectory upper, WasiDirectory lower)
        : this(new Whole(upper), new OverlayState(parent: null, ""), Own(lower), upper: null)
    {
    }

    private OverlayDirectory(Whole whole, OverlayState state, WasiDirectory lower, WasiDirectory? upper)
        => (_whole, _state, _lower, _upper) = (whole, state, lower, upper);

    /// <summary>
    /// How many bytes may be copied upwards altogether, in the whole overlay; beyond, what would copy a file answers <see cref="Errno.Nospc"/>.
    /// </summary>
    /// <remarks>A guest is not charged for them (<see cref="WasiOptions.MaximumWrittenByteCount"/>), and a file is copied in one go.</remarks>
    public long MaximumCopiedByteCount
    {
        get => _whole.MaximumCopiedByteCount;
        init
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            _whole.MaximumCopiedByteCount = value;
        }
    }

    /// <inheritdoc/>
    public override Errno Open(string name, OpenMode mode, out WasiNode? node)
    {
        using Lock.Scope held = _whole.Lock.EnterScope();
        node = null;
        Errno error = Find(name, out Place place, out Filestat stat);
        bool isChanged = place == Place.Lower && stat.FileType == FileType.RegularFile && (mode & (OpenMode.Write | OpenMode.Truncate)) != 0;
        if (isChanged && (mode & (OpenMode.Exclusive | OpenMode.Directory)) == 0)
        {
            // What loses its bytes need not be copied.
            if ((mode & OpenMode.Truncate) != 0) (place, mode) = (Place.Upper, mode | OpenMode.Create);
            else error = CopyUp(name, stat, out place);
        }
        if (error != Errno.Success && !(error == Errno.Noent && (mode & OpenMode.Create) != 0)) return error;
        if (place is Place.Nowhere or Place.Upper) return OpenUpper(name, mode, out node);

        if ((mode & OpenMode.Exclusive) != 0) return Errno.Exist;
        if (stat.FileType != FileType.Directory) return new ReadOnlyDirectory(_lower).Open(name, mode, out node);
        if ((mode & (OpenMode.Write | OpenMode.Truncate | OpenMode.Create)) != 0) return Errno.Isdir;
        error = _lower.Open(name, mode | OpenMode.Directory, out WasiNode? below);
        if (error == Errno.Success) node = new OverlayDirectory(_whole, _state.Child(name), (WasiDirectory)below!, upper: null);
        return error;
    }

    /// <inheritdoc/>
    public override Errno Reopen(out WasiDirectory? directory)
    {
        using Lock.Scope held = _whole.Lock.EnterScope();
        Errno error = _lower.Reopen(out WasiDirectory? lower);
        WasiDirectory? upper = null;
        if (error == Errno.Success && _upper is not null) error = _upper.Reopen(out upper);
        if (error != Errno.Success) lower?.Dispose();
        directory = error == Errno.Success ? new OverlayDirectory(_whole, _state, lower!, upper) : null;
        return error;
    }

    /// <inheritdoc/>
    public override Errno Stat(out Filestat stat)
    {
        using Lock.Scope held = _whole.Lock.EnterScope();
        return PeekUpper(out WasiDirectory? upper) ? upper!.Stat(out stat) : _lower.Stat(out stat);
    }

    /// <inheritdoc/>
    public override Errno SetTimes(TimeChange access, TimeChange modification)
    {
        using Lock.Scope held = _whole.Lock.EnterScope();
        Errno error = Upper(out WasiDirectory? upper);
        return error == Errno.Success ? upper!.SetTimes(access, modification) : error;
    }

    /// <inheritdoc/>
    public override Errno Stat(string name, out Filestat stat)
    {
        using Lock.Scope held = _whole.Lock.EnterScope();
        return Find(name, out _, out stat);
    }

    /// <inheritdoc/>
    public override Errno ReadLink(string name, out string? target)
    {
        using Lock.Scope held = _whole.Lock.EnterScope();
        target = null;
        Errno error = Find(name, out Place place, out _);
        if (error != Errno.Success) return error;
        if (place != Place.Upper) return _lower.ReadLink(name, out target);
        error = Upper(out WasiDirectory? upper);
        return error == Errno.Success ? upper!.ReadLink(name, out target) : error;
    }

    /// <inheritdoc/>
    public override Errno ReadEntries(ulong cookie, DirectoryEntryReceiver receiver)
    {
        using Lock.Scope held = _whole.Lock.EnterScope();
        if (_lower is EmptyDirectory)
        {
            Errno error = Upper(out WasiDirectory? upper);
            return error == Errno.Success ? upper!.ReadEntries(cookie, receiver) : error;
        }
        return _whole.Listings.Get(_state, ref _listing).Read(List, cookie, receiver);
    }

    /// <inheritdoc/>
    public override Errno SetTimes(string name, TimeChange access, TimeChange modification)
    {
        using Lock.Scope held = _whole.Lock.EnterScope();
        Errno error = InUpper(name, out WasiDirectory? upper);
        return error == Errno.Success ? upper!.SetTimes(name, access, modification) : error;
    }

    /// <inheritdoc/>
    public override Errno CreateDirectory(string name)
    {
        using Lock.Scope held = _whole.Lock.EnterScope();
        Errno error = CanAdd(name, out WasiDirectory? upper);
        return error == Errno.Success ? upper!.CreateDirectory(name) : error;
    }

    /// <inheritdoc/>
    public override Errno Symlink(string target, string name)
    {
        using Lock.Scope held = _whole.Lock.EnterScope();
        Errno error = CanAdd(name, out WasiDirectory? upper);
        return error == Errno.Success ? upper!.Symlink(target, name) : error;
    }

    /// <inheritdoc/>
    public override Errno RemoveDirectory(string name)
    {
        using Lock.Scope held = _whole.Lock.EnterScope();
        Errno error = Find(name, out Place place, out Filestat stat);
        if (error != Errno.Success) return error;
        if (stat.FileType != FileType.Directory) return Errno.Notdir;
        if (place != Place.Upper && !IsEmpty(name)) return Errno.Notempty;
        error = Upper(out WasiDirectory? upper);
        if (error != Errno.Success) return error;
        error = place == Place.Lower ? Errno.Success : upper!.RemoveDirectory(name);
        if (error == Errno.Success) HideBelow(name);
        return error;
    }

    /// <inheritdoc/>
    public override Errno Unlink(string name)
    {
        using Lock.Scope held = _whole.Lock.EnterScope();
        Errno error = Find(name, out Place place, out Filestat stat);
        if (error != Errno.Success) return error;
        if (stat.FileType == FileType.Directory) return Errno.Isdir;
        error = Upper(out WasiDirectory? upper);
        if (error != Errno.Success) return error;
        error = place == Place.Upper ? upper!.Unlink(name) : Errno.Success;
        if (error == Errno.Success) HideBelow(name);
        return error;
    }

    /// <inheritdoc/>
    public override Errno Link(string name, WasiDirectory target, string targetName)
    {
        using Lock.Scope held = _whole.Lock.EnterScope();
        Errno error = Find(name, out _, out Filestat stat);
        if (error != Errno.Success) return error;
        if (stat.FileType == FileType.Directory) return Errno.Perm;
        error = InUpper(name, out WasiDirectory? upper);
        if (error != Errno.Success) return error;
        if (target is not OverlayDirectory other) return upper!.Link(name, target, targetName);
        if (other._whole != _whole) return Errno.Xdev;
        error = other.CanAdd(targetName, out WasiDirectory? otherUpper);
        return error == Errno.Success ? upper!.Link(name, otherUpper!, targetName) : error;
    }

    /// <inheritdoc/>
    public override Errno Rename(string name, WasiDirectory target, string targetName)
    {
        using Lock.Scope held = _whole.Lock.EnterScope();
        Errno error = Find(name, out Place place, out Filestat stat);
        if (error != Errno.Success) return error;
        if (stat.FileType == FileType.Directory && place != Place.Upper) return Errno.Xdev;
        error = InUpper(name, out WasiDirectory? upper);
        if (error != Errno.Success) return error;
        var other = target as OverlayDirectory;
        if (other is not null)
        {
            if (other._whole != _whole) return Errno.Xdev;
            error = other.CanReplace(stat.FileType, targetName, out WasiDirectory? otherUpper);
            if (error != Errno.Success) return error;
            target = otherUpper!;
        }
        error = upper!.Rename(name, target, targetName);
        if (error != Errno.Success) return error;
        other?.HideBelow(targetName);
        if (upper.Stat(name, out _) == Errno.Noent) HideBelow(name);        // still there when both are names of one file
        return Errno.Success;
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _whole.Listings.Release(_state, ref _listing);
            _lower.Dispose();
            _upper?.Dispose();
        }
        base.Dispose(disposing);
    }

    private enum Place { Nowhere, Upper, Lower, Both }

    private static WasiDirectory Own(WasiDirectory lower)
    {
        ArgumentNullException.ThrowIfNull(lower);
        Errno error = lower.Reopen(out WasiDirectory? own);
        return error == Errno.Success ? own! : throw new IOException($"The lower directory cannot be opened: {error}");
    }

    // A directory that is above alone is an overlay over nothing: names go to and fro between all directories of an overlay.
    private Errno OpenUpper(string name, OpenMode mode, out WasiNode? node)
    {
        node = null;
        Errno error = Upper(out WasiDirectory? upper);
        if (error != Errno.Success) return error;
        error = upper!.Open(name, mode, out node);
        if (node is WasiDirectory directory)
            node = new OverlayDirectory(_whole, new OverlayState(parent: null, ""), new EmptyDirectory(), directory);
        return error;
    }

    // Where a name is seen; Both for directories that become one.
    private Errno Find(string name, out Place place, out Filestat stat)
    {
        place = Place.Nowhere;
        stat = default;
        Errno above = PeekUpper(out WasiDirectory? upper) ? upper!.Stat(name, out stat) : Errno.Noent;
        if (above is not (Errno.Success or Errno.Noent)) return above;
        Filestat below = default;
        bool isBelow = !_state.IsHidden(name) && _lower.Stat(name, out below) == Errno.Success;
        if (above == Errno.Success)
        {
            place = isBelow && below.FileType == FileType.Directory && stat.FileType == FileType.Directory ? Place.Both : Place.Upper;
            return Errno.Success;
        }
        if (!isBelow) return Errno.Noent;
        (place, stat) = (Place.Lower, below);
        return Errno.Success;
    }

    // The directory above, unless it is missing so far.
    private bool PeekUpper(out WasiDirectory? upper)
    {
        if (_upper is null) _state.PeekAbove(_whole.Top, out _upper);
        upper = _upper;
        return upper is not null;
    }

    private Errno Upper(out WasiDirectory? upper)
    {
        Errno error = _upper is null ? _state.OpenAbove(_whole.Top, out _upper) : Errno.Success;
        upper = _upper;
        return error;
    }

    // Makes sure that what has the name is above.
    private Errno InUpper(string name, out WasiDirectory? upper)
    {
        upper = null;
        Errno error = Find(name, out Place place, out Filestat stat);
        if (error == Errno.Success && place == Place.Lower) error = CopyUp(name, stat, out _);
        return error == Errno.Success ? Upper(out upper) : error;
    }

    private Errno CanAdd(string name, out WasiDirectory? upper)
    {
        upper = null;
        Errno error = Find(name, out _, out _);
        return error switch
        {
            Errno.Success => Errno.Exist,
            Errno.Noent => Upper(out upper),
            _ => error,
        };
    }

    private Errno CanReplace(FileType type, string name, out WasiDirectory? upper)
    {
        upper = null;
        Errno error = Find(name, out Place place, out Filestat stat);
        if (error == Errno.Noent) return Upper(out upper);
        if (error != Errno.Success) return error;
        bool isDirectory = stat.FileType == FileType.Directory;
        if (isDirectory && type != FileType.Directory) return Errno.Isdir;
        if (!isDirectory && type == FileType.Directory) return Errno.Notdir;
        if (isDirectory && place != Place.Upper && !IsEmpty(name)) return Errno.Notempty;
        return Upper(out upper);
    }

    // Only what is below is remembered as hidden: the guest cannot change how much that is.
    private void HideBelow(string name)
    {
        if (_lower.Stat(name, out _) == Errno.Success) _state.Hide(name);
    }

    private bool IsEmpty(string name)
    {
        if (Open(name, OpenMode.Read | OpenMode.Directory, out WasiNode? node) != Errno.Success) return false;
        using var directory = (OverlayDirectory)node!;
        bool isEmpty = true;
        return directory.Visit((in DirectoryEntry _) => isEmpty = false) == Errno.Success && isEmpty;
    }

    private Errno List(List<DirectoryEntry> entries) => Visit((in DirectoryEntry entry) =>
    {
        entries.Add(entry);
        return true;
    });

    private Errno Visit(DirectoryEntryReceiver receiver)
    {
        var namesAbove = new HashSet<string>(StringComparer.Ordinal);
        bool goesOn = true;
        Errno error = !PeekUpper(out WasiDirectory? upper) ? Errno.Success : upper!.ReadEntries(0, (in DirectoryEntry entry) =>
        {
            namesAbove.Add(entry.Name);
            return goesOn = receiver(entry);
        });
        if (error != Errno.Success || !goesOn) return error;
        return _lower.ReadEntries(0, (in DirectoryEntry entry) => _state.IsHidden(entry.Name) || namesAbove.Contains(entry.Name) || receiver(entry));
    }

    private Errno CopyUp(string name, in Filestat stat, out Place place)
    {
        place = Place.Upper;
        Errno error = Upper(out WasiDirectory? upper);
        if (error != Errno.Success) return error;
        if (stat.FileType == FileType.Directory)
        {
            place = Place.Both;
            return upper!.CreateDirectory(name);
        }
        if (stat.FileType == FileType.SymbolicLink)
        {
            error = _lower.ReadLink(name, out string? target);
            return error == Errno.Success ? upper!.Symlink(target!, name) : error;
        }
        if (stat.FileType != FileType.RegularFile) return Errno.Notsup;
        error = FileCopy.Copy(_lower, upper!, name, stat, _whole.MaximumCopiedByteCount - _whole.CopiedByteCount, out long byteCount);
        if (error == Errno.Success) _whole.CopiedByteCount += byteCount;
        else upper!.Unlink(name);
        return error;
    }

    // What all directories of an overlay have in common.
    private sealed class Whole(WasiDirectory top)
    {
        /// <summary>What a name means is found out in several steps, in several directories.</summary>
        public Lock Lock { get; } = new();

        public WasiDirectory Top => top;

        public SharedListings<OverlayState> Listings { get; } = new();

        public long MaximumCopiedByteCount { get; set; } = 1L << 30;

        public long CopiedByteCount { get; set; }
    }
}
