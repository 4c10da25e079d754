using System.Runtime.InteropServices;
using System.Text;
using Nacre.Binary;
using Nacre.Syntax;

namespace Nacre.Text;

/// <summary>Reads a module from its text format.</summary>
/// <remarks>
/// Spec: Text Format. The text is cut into tokens once; then identifiers are bound to indices, types defined, and the fields read in
/// their order, code going straight into the binary format. Nesting of any depth is followed without recursion.
/// </remarks>
public static class ModuleParser
{
    /// <summary>Reads a module: <c>(module …)</c>, <c>(module binary …)</c>, <c>(module quote …)</c>, or its fields alone. Nothing is validated.</summary>
    /// <param name="utf8">The text in UTF-8.</param>
    /// <param name="fileName">Where it came from, for messages.</param>
    /// <param name="features">What the module may use. It matters where one spelling means several things: without
    /// <see cref="WasmFeatures.Memory64"/> sizes have 32 bits. What instructions may be used is not looked at.</param>
    /// <returns>The module. Its identifiers are in its <c>name</c> section.</returns>
    /// <exception cref="MalformedModuleException">The text is no module; <see cref="MalformedModuleException.Position"/> tells the place.</exception>
    /// <exception cref="InvalidModuleException">A type index is beyond what any module may have, or a branch hint is not at a branch.</exception>
    public static ModuleDefinition Parse(ReadOnlyMemory<byte> utf8, string? fileName = null, WasmFeatures features = WasmFeatures.Standard)
        => Parse(new TextSource(BytesOf(utf8), fileName), features);

    /// <summary>Reads a module; see the overload for UTF-8.</summary>
    /// <param name="text">The text.</param>
    /// <param name="fileName">Where it came from, for messages.</param>
    /// <param name="features">What the module may use.</param>
    /// <exception cref="MalformedModuleException">The text is no module.</exception>
    /// <exception cref="InvalidModuleException">A type index is beyond what any module may have, or a branch hint is not at a branch.</exception>
    public static ModuleDefinition Parse(string text, string? fileName = null, WasmFeatures features = WasmFeatures.Standard)
        => Parse(new TextSource(Encoding.UTF8.GetBytes(text), fileName), features);

    /// <summary>Whether bytes can only be a module in the text format: they do not begin as the binary format does.</summary>
    public static bool IsText(ReadOnlySpan<byte> bytes) => !bytes.IsEmpty && !bytes.StartsWith("\0asm"u8);

    internal static ModuleDefinition Parse(TextSource source, WasmFeatures features)
    {
        TokenStream stream = Lexer.Lex(source);
        return ScriptParser.TryReadStringModule(stream) switch
        {
            BinaryModule binary => ModuleDecoder.Decode(binary.Bytes, features),
            QuotedModule quoted => Parse(quoted.Source, features),
            _ => ModuleReader.Parse(stream, features),
        };
    }

    /// <summary>Says of an error of validation where in the text it is, as far as can be told.</summary>
    /// <param name="source">The text.</param>
    /// <param name="features">What it was read with.</param>
    /// <param name="module">The module after it was written and read again in the binary format, which is what was validated.</param>
    /// <param name="error">What validation said.</param>
    /// <remarks>The text is read once more, so that places cost nothing where nothing is wrong.</remarks>
    internal static InvalidModuleException Locate(TextSource source, WasmFeatures features, ModuleDefinition module, InvalidModuleException error)
    {
        TokenStream stream = Lexer.Lex(source);
        if (error.ByteOffset is not { } byteOffset || ScriptParser.TryReadStringModule(stream) is not null) return error;
        var marks = new CodeMarks();
        ModuleDefinition read = ModuleReader.Parse(stream, features, marks);
        return marks.Find(module, byteOffset, read) is { } start ? source.Locate(error, start) : error;
    }

    // An array that is the text is used as it is.
    internal static byte[] BytesOf(ReadOnlyMemory<byte> utf8)
        => MemoryMarshal.TryGetArray(utf8, out ArraySegment<byte> segment) && segment.Offset == 0 && segment.Count == segment.Array!.Length
            ? segment.Array
            : utf8.ToArray();
}
