using Nacre.Syntax;

namespace Nacre.Interpreter;

/// <summary>Which stack a value lies on, and how many slots it takes there.</summary>
internal enum SlotKind : byte
{
    /// <summary>One 64-bit slot.</summary>
    Number,
    /// <summary>Two 64-bit slots.</summary>
    Vector,
    /// <summary>One entry of the reference stack.</summary>
    Reference,
}

/// <summary>Where the value of an operand is while the translator has not needed it elsewhere.</summary>
internal enum OperandHome : byte
{
    /// <summary>In the slot that its place on the operand stack gives it.</summary>
    Stack,
    /// <summary>In a local that has not been written since.</summary>
    Local,
    /// <summary>Nowhere yet: it is a constant.</summary>
    Constant,
}

/// <summary>An operand during translation.</summary>
/// <param name="Kind">Which stack it is on.</param>
/// <param name="Home">Where its value is now.</param>
/// <param name="Slot">The slot that its place on the operand stack gives it.</param>
/// <param name="Bits">The local's slot, or the constant's bits (null for a reference).</param>
internal readonly record struct Operand(SlotKind Kind, OperandHome Home, uint Slot, ulong Bits)
{
    /// <summary>The slot where the value can be read; the operand is not a constant.</summary>
    public uint ReadableSlot => Home == OperandHome.Local ? (uint)Bits : Slot;
}

/// <summary>Slots that values take.</summary>
internal static class SlotKinds
{
    /// <summary>The kind of values of <paramref name="type"/>.</summary>
    public static SlotKind Of(ValType type)
        => type.IsReference ? SlotKind.Reference : type.IsVector ? SlotKind.Vector : SlotKind.Number;

    /// <summary>The kind of values of a type that the opcode list names: never a reference where this is asked.</summary>
    public static SlotKind Of(OperandType type) => type == OperandType.V128 ? SlotKind.Vector : SlotKind.Number;

    /// <summary>Slots and references that values of <paramref name="types"/> take.</summary>
    public static SlotCounts Count(ReadOnlySpan<ValType> types)
    {
        var counts = default(SlotCounts);
        foreach (ValType type in types) counts = counts.Plus(Of(type));
        return counts;
    }
}

/// <summary>A number of slots and a number of references: a height of the two stacks, or a size.</summary>
internal readonly record struct SlotCounts(uint Slots, uint References)
{
    /// <summary>One more value of <paramref name="kind"/>.</summary>
    public SlotCounts Plus(SlotKind kind) => kind switch
    {
        SlotKind.Number => this with { Slots = Slots + 1 },
        SlotKind.Vector => this with { Slots = Slots + 2 },
        _ => this with { References = References + 1 },
    };

    /// <summary>The slot at this height on the stack that values of <paramref name="kind"/> lie on.</summary>
    public uint Next(SlotKind kind) => kind == SlotKind.Reference ? References : Slots;

    /// <summary>The larger of each.</summary>
    public SlotCounts Max(SlotCounts other) => new(Math.Max(Slots, other.Slots), Math.Max(References, other.References));
}
