namespace Nacre.Wasi.FileSystems;

/// <summary>What an overlay knows about a directory that exists below: it has its place for good, as nothing below is moved.</summary>
/// <param name="parent">The directory it is in; null for the topmost.</param>
/// <param name="name">Its name there.</param>
internal sealed class OverlayState(OverlayState? parent, string name)
{
    private readonly OverlayState? _parent = parent;
    private readonly string _name = name;
    private readonly HashSet<string> _hidden = new(StringComparer.Ordinal);
    private readonly Dictionary<string, OverlayState> _children = new(StringComparer.Ordinal);

    /// <summary>The names below that are no longer seen.</summary>
    public bool IsHidden(string child)
    {
        lock (_hidden) return _hidden.Contains(child);
    }

    /// <summary>What is below under a name is not seen from now on, whatever comes to be above.</summary>
    public void Hide(string child)
    {
        lock (_hidden) _hidden.Add(child);
    }

    public OverlayState Child(string child)
    {
        lock (_children)
        {
            if (_children.TryGetValue(child, out OverlayState? state)) return state;
            return _children[child] = new OverlayState(this, child);
        }
    }

    /// <summary>Opens the directory above that has the same place, when there is one.</summary>
    public Errno PeekAbove(WasiDirectory top, out WasiDirectory? directory) => WalkAbove(top, creates: false, out directory);

    /// <summary>Opens the directory above that has the same place, which is created, with those it is in, when it is missing.</summary>
    /// <param name="top">The topmost directory above.</param>
    /// <param name="directory">The handle, the caller's.</param>
    public Errno OpenAbove(WasiDirectory top, out WasiDirectory? directory) => WalkAbove(top, creates: true, out directory);

    // Directories may be nested deeper than calls can be.
    private Errno WalkAbove(WasiDirectory top, bool creates, out WasiDirectory? directory)
    {
        directory = null;
        var names = new Stack<string>();
        for (OverlayState state = this; state._parent is { } above; state = above)
        {
            if (above.IsHidden(state._name)) return Errno.Noent;
            names.Push(state._name);
        }

        Errno error = top.Reopen(out directory);
        while (error == Errno.Success && names.TryPop(out string? child))
        {
            using WasiDirectory above = directory!;
            directory = null;
            if (creates && above.CreateDirectory(child) is var created and not (Errno.Success or Errno.Exist)) return created;
            error = above.Open(child, OpenMode.Read | OpenMode.Directory, out WasiNode? opened);
            directory = (WasiDirectory?)opened;
        }
        return error;
    }
}
