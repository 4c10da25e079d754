namespace Nacre;

/// <summary>The bytes or the text of a module do not follow the format.</summary>
/// <remarks>Spec: Binary Format; Text Format.</remarks>
public sealed class MalformedModuleException : WasmException
{
    /// <summary>Reports what is wrong, without a place.</summary>
    public MalformedModuleException(string message)
        : base(message)
    {
    }

    /// <summary>Reports what is wrong at a byte of the module.</summary>
    /// <param name="message">The suite's wording, then details.</param>
    /// <param name="byteOffset">The place, in bytes from the first byte of the module.</param>
    public MalformedModuleException(string message, int byteOffset)
        : base($"{message} (at byte 0x{byteOffset:x})") => ByteOffset = byteOffset;

    /// <summary>Reports what is wrong at a place of a text.</summary>
    /// <param name="message">The suite's wording, then details.</param>
    /// <param name="position">The place.</param>
    /// <param name="excerpt">The line, and below it a caret under the place.</param>
    internal MalformedModuleException(string message, TextPosition position, string excerpt)
        : base($"{message} (at {position}){Environment.NewLine}{excerpt}") => Position = position;

    /// <summary>The place, in bytes from the first byte of the module; null when there are no bytes.</summary>
    public int? ByteOffset { get; }

    /// <summary>The place in a text; null for a module in the binary format.</summary>
    public TextPosition? Position { get; }

    /// <summary>Whether the bytes are a component: well-formed as far as was looked, but no core module.</summary>
    public bool IsComponent { get; init; }
}
