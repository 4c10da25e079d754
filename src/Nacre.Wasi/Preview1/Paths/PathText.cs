using System.Buffers;
using System.Text;
using System.Text.Unicode;
using Nacre.Wasi.FileSystems;

namespace Nacre.Wasi.Preview1;

/// <summary>Paths as guests write them: UTF-8, names with slashes between them.</summary>
internal static class PathText
{
    /// <summary>Reads a path from a guest's memory.</summary>
    /// <returns>
    /// <see cref="Errno.Fault"/> when it is not inside the memory, <see cref="Errno.Ilseq"/> when it is not UTF-8, <see cref="Errno.Inval"/>
    /// when it contains a zero, <see cref="Errno.Nametoolong"/>, <see cref="Errno.Noent"/> when it is empty, <see cref="Errno.Perm"/> when it is absolute.
    /// </returns>
    public static Errno Read(GuestMemory memory, uint address, uint byteCount, out string path)
    {
        path = "";
        if (byteCount > WasiDirectory.MaximumPathByteCount) return Errno.Nametoolong;
        if (!memory.TrySlice(address, byteCount, out Span<byte> guestBytes)) return Errno.Fault;
        Span<byte> bytes = stackalloc byte[guestBytes.Length];
        guestBytes.CopyTo(bytes);
        if (bytes.IsEmpty) return Errno.Noent;
        if (bytes[0] == (byte)'/') return Errno.Perm;
        if (bytes.Contains((byte)0)) return Errno.Inval;

        Span<char> text = stackalloc char[bytes.Length];
        if (Utf8.ToUtf16(bytes, text, out _, out int length, replaceInvalidSequences: false) != OperationStatus.Done) return Errno.Ilseq;
        path = new string(text[..length]);
        return Errno.Success;
    }

    /// <summary>Whether a name is one that directories take.</summary>
    public static Errno CheckName(string name)
        => name.Length <= WasiDirectory.MaximumNameByteCount && Encoding.UTF8.GetByteCount(name) <= WasiDirectory.MaximumNameByteCount
            ? Errno.Success
            : Errno.Nametoolong;

    /// <summary>Writes as much of a link's target as there is room for.</summary>
    /// <returns>How many bytes.</returns>
    public static uint Write(string target, Span<byte> buffer)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(target);
        int byteCount = Math.Min(bytes.Length, buffer.Length);
        bytes.AsSpan(0, byteCount).CopyTo(buffer);
        return (uint)byteCount;
    }

    /// <summary>Writes a name of a directory's entry.</summary>
    /// <returns>How many bytes; 0 when there is no room for so long a name.</returns>
    public static int WriteName(string name, Span<byte> buffer) => Encoding.UTF8.TryGetBytes(name, buffer, out int byteCount) ? byteCount : 0;
}
