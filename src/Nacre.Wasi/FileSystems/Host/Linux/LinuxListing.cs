using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Unicode;

namespace Nacre.Wasi.FileSystems;

/// <summary>The entries of a directory of Linux, read in large pieces.</summary>
/// <remarks>
/// Where a reading goes on is looked for in the piece at hand first. So many small readings cost as much as few large ones, and what other
/// file systems do slowly or not quite right, to go back to an entry, is seldom asked of them.
/// </remarks>
/// <param name="handle">A descriptor of the directory, which it closes.</param>
internal sealed class LinuxListing(LinuxHandle handle) : IDisposable
{
    private const int PieceByteCount = 1 << 15;

    // struct linux_dirent64: inode u64 | cookie of what follows u64 at 8 | length of all u16 at 16 | type u8 at 18 | name at 19, a zero behind it
    private const int CookieAt = 8, LengthAt = 16, TypeAt = 18, NameAt = 19;

    private readonly byte[] _piece = new byte[PieceByteCount];
    private int _filled;
    private ulong _startCookie;                     // of the piece

    // The last two places between entries that were come through; others are found from the start of the piece.
    private (int Position, ulong Cookie) _here, _before;

    /// <inheritdoc cref="WasiDirectory.ReadEntries"/>
    public Errno Read(ulong cookie, DirectoryEntryReceiver receiver)
    {
        Errno error = GoTo(cookie);
        while (error == Errno.Success)
        {
            if (_here.Position == _filled)
            {
                error = Fill();
                if (error != Errno.Success || _filled == 0) break;
            }
            ReadOnlySpan<byte> entry = _piece.AsSpan(_here.Position, LengthOf(_here.Position));
            _before = _here;
            _here = (_here.Position + entry.Length, CookieOf(entry));
            if (TryRead(entry, out DirectoryEntry read) && !receiver(read)) break;
        }
        return error;
    }

    public void Dispose() => handle.Dispose();

    private Errno GoTo(ulong cookie)
    {
        if (cookie == _here.Cookie && cookie != 0) return Errno.Success;
        if (cookie == _before.Cookie && cookie != 0)
        {
            _here = _before;
            return Errno.Success;
        }
        if (cookie != 0 && TryFind(cookie)) return Errno.Success;
        if (LinuxCalls.Seek(handle, (long)cookie, LinuxCalls.FromStart) < 0) return HostErrors.OfLinux(Marshal.GetLastPInvokeError());
        Clear(cookie);
        return Errno.Success;
    }

    private bool TryFind(ulong cookie)
    {
        (int Position, ulong Cookie) place = (0, _startCookie);
        while (place.Cookie != cookie)
        {
            if (place.Position == _filled) return false;
            int length = LengthOf(place.Position);
            place = (place.Position + length, CookieOf(_piece.AsSpan(place.Position, length)));
        }
        _here = place;
        return true;
    }

    private Errno Fill()
    {
        Clear(_here.Cookie);
        nint byteCount = LinuxCalls.List(handle, _piece);
        int error = byteCount < 0 ? Marshal.GetLastPInvokeError() : 0;
        if (error is not (0 or LinuxCalls.NoEntry)) return HostErrors.OfLinux(error);
        _filled = error == 0 ? (int)byteCount : 0;          // a directory that was removed is as good as empty
        return Errno.Success;
    }

    // At the place with this cookie, with nothing read from there.
    private void Clear(ulong cookie)
    {
        _filled = 0;
        _startCookie = cookie;
        _here = _before = (0, cookie);
    }

    private bool TryRead(ReadOnlySpan<byte> entry, out DirectoryEntry read)
    {
        read = default;
        ReadOnlySpan<byte> name = entry[NameAt..];
        name = name[..name.IndexOf((byte)0)];
        if (name.SequenceEqual("."u8) || name.SequenceEqual(".."u8) || !Utf8.IsValid(name)) return false;
        read = new DirectoryEntry(
            Encoding.UTF8.GetString(name), LinuxStat.TypeOf(entry[TypeAt]), BinaryPrimitives.ReadUInt64LittleEndian(entry), CookieOf(entry));
        if (entry[TypeAt] == 0 && LinuxStat.Of(handle, read.Name, out Filestat stat) == Errno.Success) read = read with { FileType = stat.FileType };
        return true;
    }

    private int LengthOf(int position) => BinaryPrimitives.ReadUInt16LittleEndian(_piece.AsSpan(position + LengthAt));

    private static ulong CookieOf(ReadOnlySpan<byte> entry) => BinaryPrimitives.ReadUInt64LittleEndian(entry[CookieAt..]);
}
