using Nacre.Syntax;

namespace Nacre.Runtime;

/// <summary>A value of any type as the runtime keeps it: a number or vector as bits, or a reference.</summary>
/// <remarks>Spec: Execution, Runtime Structure, Values.</remarks>
internal readonly record struct RawValue(ulong Low, ulong High, object? Reference)
{
    /// <summary>A number; 32-bit ones have zeros above.</summary>
    public static RawValue Number(ulong bits) => new(bits, 0, null);

    /// <summary>What lies in slots or in a cell as a value of <paramref name="type"/>: above 32 bits of a number may be anything.</summary>
    public static RawValue Read(ValType type, ulong low, ulong high)
        => type.IsVector ? new(low, high, null) : Number(type == ValType.I32 || type == ValType.F32 ? (uint)low : low);

    /// <summary>A reference.</summary>
    public static RawValue Of(object? reference) => new(0, 0, reference);
}
