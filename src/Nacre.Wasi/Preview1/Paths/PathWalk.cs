using System.Diagnostics;
using Nacre.Wasi.FileSystems;

namespace Nacre.Wasi.Preview1;

/// <summary>A guest's way along a path, from a directory it has open to the directory and name that the path means.</summary>
/// <remarks>
/// Every step is one name, relative to a handle, and follows no link: links are read and their targets walked in turn. <c>..</c> goes
/// back to the handle that the walk came through, and never beyond the start. So whatever happens to names meanwhile, the walk stays
/// beneath its start. It disposes of the handles it opened, and keeps the start open as long.
/// </remarks>
internal sealed class PathWalk : IDisposable
{
    private const int MaximumLinkCount = 40, MaximumDepth = 256;

    private readonly DirectoryDescriptor _start;
    private WasiDirectory[] _entered = [];
    private int _depth;
    private int _linkCount;
    private string _rest = "";

    /// <param name="start">Where the path begins; one that is held.</param>
    public PathWalk(DirectoryDescriptor start)
    {
        start.Hold();
        _start = start;
    }

    /// <summary>Where the walk has come to: the directory that <see cref="Name"/> is in.</summary>
    public WasiDirectory Directory => _depth == 0 ? _start.Directory : _entered[_depth - 1];

    /// <summary>The last name of the path; null when the path means <see cref="Directory"/> itself, as <c>.</c> does.</summary>
    public string? Name { get; private set; }

    /// <summary>Whether the path ends with a slash, and so can mean a directory only.</summary>
    public bool IsDirectoryMeant { get; private set; }

    /// <summary>Goes as far as the last name, which may or may not exist.</summary>
    /// <param name="path">A path: checked, relative and not empty.</param>
    public Errno To(string path)
    {
        _rest = path;
        while (true)
        {
            string name = NextName(out bool isLast);
            Errno error = name switch
            {
                "." => Errno.Success,
                ".." => Leave(),
                _ when isLast => Arrive(name),
                _ => Enter(name),
            };
            if (error != Errno.Success) return error;
            if (!isLast) continue;
            if (name is "." or "..") Name = null;
            return Errno.Success;
        }
    }

    /// <summary>Goes on to where the link leads that <see cref="Name"/> turned out to be.</summary>
    /// <returns><see cref="Errno.Inval"/> when it is no link, after all.</returns>
    public Errno FollowLink()
    {
        Debug.Assert(Name is not null);
        bool isDirectoryMeant = IsDirectoryMeant;
        Errno error = Expand(Name, "", out string? path);
        if (error == Errno.Success) error = To(path!);
        IsDirectoryMeant |= isDirectoryMeant;
        return error;
    }

    public void Dispose()
    {
        while (_depth > 0) Leave();
        _start.Release();
    }

    // The rest begins with a name, and loses it and the slashes behind it.
    private string NextName(out bool isLast)
    {
        int end = _rest.IndexOf('/');
        if (end < 0) end = _rest.Length;
        string name = _rest[..end];
        int next = end;
        while (next < _rest.Length && _rest[next] == '/') next++;
        isLast = next == _rest.Length;
        if (isLast) IsDirectoryMeant = next > end;
        _rest = _rest[next..];
        return name;
    }

    private Errno Arrive(string name)
    {
        Name = name;
        return PathText.CheckName(name);
    }

    private Errno Enter(string name)
    {
        Errno error = PathText.CheckName(name);
        if (error != Errno.Success) return error;
        if (_depth == MaximumDepth) return Errno.Nametoolong;

        error = Directory.Enter(name, out WasiDirectory? entered);
        if (error == Errno.Loop)
        {
            error = Expand(name, _rest, out string? path);
            if (error == Errno.Inval) return Errno.Notdir;      // no longer a link
            if (error == Errno.Success) _rest = path!;
            return error;
        }
        if (error != Errno.Success) return error;

        if (_depth == _entered.Length) Array.Resize(ref _entered, Math.Max(8, 2 * _depth));
        _entered[_depth++] = entered!;
        return Errno.Success;
    }

    private Errno Leave()
    {
        if (_depth == 0) return Errno.Perm;
        _entered[--_depth].Dispose();
        return Errno.Success;
    }

    // A link's target takes the place of its name.
    private Errno Expand(string name, string rest, out string? path)
    {
        path = null;
        if (++_linkCount > MaximumLinkCount) return Errno.Loop;
        Errno error = Directory.ReadLink(name, out string? target);
        if (error != Errno.Success) return error;
        if (target!.Length == 0) return Errno.Noent;
        if (target[0] == '/') return Errno.Perm;
        path = rest.Length == 0 ? target : target + "/" + rest;
        return path.Length > WasiDirectory.MaximumPathByteCount ? Errno.Nametoolong : Errno.Success;
    }
}
