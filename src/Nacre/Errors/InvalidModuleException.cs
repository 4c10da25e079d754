using Nacre.Syntax;

namespace Nacre;

/// <summary>A module is well-formed but breaks a rule of validation.</summary>
/// <remarks>Spec: Validation.</remarks>
public sealed class InvalidModuleException : WasmException
{
    /// <summary>Reports the rule that is broken.</summary>
    /// <param name="message">The suite's wording, then details.</param>
    /// <param name="function">The function whose body breaks it, when one does.</param>
    /// <param name="byteOffset">The place, in bytes from the first byte of the module, when it is known.</param>
    public InvalidModuleException(string message, FuncIndex? function = null, int? byteOffset = null)
        : base(message + Place(function, byteOffset))
    {
        Function = function;
        ByteOffset = byteOffset;
    }

    /// <summary>Tells the place in the text of an error that was found in the binary format.</summary>
    internal InvalidModuleException(InvalidModuleException error, TextPosition position, string excerpt)
        : base($"{error.Message} (at {position}){Environment.NewLine}{excerpt}", error)
    {
        Function = error.Function;
        ByteOffset = error.ByteOffset;
        Position = position;
    }

    /// <summary>The place in the text, when the module was given as one and the place is known.</summary>
    public TextPosition? Position { get; }

    /// <summary>The function whose body breaks the rule; null outside of bodies.</summary>
    public FuncIndex? Function { get; }

    /// <summary>The place, in bytes from the first byte of the module; null when it is not known.</summary>
    public int? ByteOffset { get; }

    private static string Place(FuncIndex? function, int? byteOffset) => (function, byteOffset) switch
    {
        ({ } index, { } offset) => $" (in {index}, at byte 0x{offset:x})",
        ({ } index, null) => $" (in {index})",
        (null, { } offset) => $" (at byte 0x{offset:x})",
        _ => "",
    };
}
