using Nacre.Syntax;

namespace Nacre;

/// <summary>A call that was under way in a guest.</summary>
/// <param name="Module">The module's own name, from its <c>name</c> section; null when it has none.</param>
/// <param name="Function">The function.</param>
/// <param name="FunctionName">The function's name, from the <c>name</c> section or an export; null when it has none.</param>
/// <param name="ByteOffset">
/// Where the instruction that was being executed begins, in bytes from the first byte of the module. Compiled code tells it as closely as its
/// machine code does: of the instructions of an expression, the first that can be it; and where accesses to memory are checked explicitly, maybe
/// another access of the same function. The interpreter tells it exactly.
/// </param>
public sealed record GuestFrame(string? Module, FuncIndex Function, string? FunctionName, int ByteOffset)
{
    /// <summary>The frame as a line of a call stack: <c>name (func 3) at byte 0x1f4</c>.</summary>
    public override string ToString()
        => $"{(Module is null ? "" : Module + "!")}{FunctionName ?? "<unnamed>"} ({Function}) at byte 0x{ByteOffset:x}";
}
