using System.Runtime.InteropServices;

namespace Nacre.Wasi.FileSystems;

/// <summary>Directories of the host's file system, for guests.</summary>
/// <remarks>
/// <para>On Linux (x64 and arm64) everything is done relative to handles of directories, without following symbolic links, so that nobody
/// leads a guest out of a directory by swapping names, at whatever moment. A handle goes on to mean the same directory when it is moved.
/// Only regular files, directories and symbolic links are opened: a pipe, socket or device is seen, and opening it answers
/// <see cref="Errno.Nxio"/>. Names that are not UTF-8 are not listed.</para>
/// <para>Elsewhere files are reached by their paths, with the limits of <c>System.IO</c>:</para>
/// <list type="bullet">
/// <item>What names in the directory mean is looked at before each use and, when something is opened, after it. Whoever swaps a
/// directory for a link between the look and the use leads a guest out: a program of the host, another guest, or another thread of the same.
/// A guest alone, on one thread, cannot. Do not share the directory with what you do not trust.</item>
/// <item>A handle of a directory means its path: when it is moved, it means what has the path then.</item>
/// <item>Hard links are not created and not told apart: each name is a file of its own, with one link.</item>
/// <item>Neither does a directory replace another in one step, nor is appending one.</item>
/// <item>Times count in steps of 100 nanoseconds, and the time of the last change of anything is that of the last change of bytes. Those of
/// symbolic links are not changed; on Windows, neither are those of a file that is open for reading only.</item>
/// <item>Space is not set aside beyond a file's length, and a directory is not written back to the disk by itself.</item>
/// <item>Windows: names with <c>\</c>, <c>:</c>, <c>*</c>, <c>?</c>, <c>"</c>, <c>&lt;</c>, <c>&gt;</c>, <c>|</c> or control
/// characters, with a dot or space at the end, and names of devices such as <c>CON</c> and <c>NUL.txt</c> answer
/// <see cref="Errno.Inval"/>. Reparse points, symbolic links among them, are seen and removed, neither followed, read nor created. Case is
/// folded as the host does it.</item>
/// <item>macOS: pipes and devices are taken for files; opening a pipe waits for its other end.</item>
/// </list>
/// <para>A file that has a name inside and another outside is inside: a hard link made by the host lets the guest in.</para>
/// </remarks>
public static class HostDirectory
{
    /// <summary>Opens a directory; symbolic links in <paramref name="path"/> are the host's and followed.</summary>
    /// <param name="path">A path of the host.</param>
    /// <returns>A handle, the caller's. Any number of threads and guests may use it at once.</returns>
    /// <exception cref="DirectoryNotFoundException">There is no such directory.</exception>
    /// <exception cref="IOException">It cannot be opened.</exception>
    public static WasiDirectory Open(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return LinuxDirectory.IsSupported ? LinuxDirectory.Open(Path.GetFullPath(path)) : PortableDirectory.Open(Path.GetFullPath(path));
    }
}
