using System.Text;
using Nacre.Syntax;

namespace Nacre.Tests.Binary;

/// <summary>Modules put together from hexadecimal digits; blanks between them are for the reader.</summary>
internal static class ModuleBytes
{
    public const string Header = "0061736D 01000000";

    /// <summary>The bytes written as <paramref name="hex"/>.</summary>
    public static byte[] Of(string hex) => Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal));

    /// <summary>A module of the sections <paramref name="hex"/>, their ids and sizes included.</summary>
    public static byte[] Module(string hex) => Of(Header + hex);

    /// <summary>A module of <paramref name="sections"/>, whose sizes are put in.</summary>
    public static byte[] Module(params (SectionId Id, string Hex)[] sections)
    {
        var bytes = new List<byte>(Of(Header));
        foreach ((SectionId id, string hex) in sections)
        {
            byte[] contents = Of(hex);
            bytes.Add((byte)id);
            bytes.AddRange(U32((uint)contents.Length));
            bytes.AddRange(contents);
        }
        return [.. bytes];
    }

    /// <summary>A custom section's contents, as hexadecimal digits.</summary>
    public static string Custom(string name, string hex) => Name(name) + hex;

    /// <summary>A name as hexadecimal digits: its length, then UTF-8.</summary>
    public static string Name(string name)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(name);
        return Convert.ToHexString(U32((uint)bytes.Length)) + Convert.ToHexString(bytes);
    }

    /// <summary>An unsigned LEB128 integer.</summary>
    public static byte[] U32(uint value)
    {
        var bytes = new List<byte>();
        for (; value >= 0x80; value >>= 7) bytes.Add((byte)(value | 0x80));
        bytes.Add((byte)value);
        return [.. bytes];
    }
}
