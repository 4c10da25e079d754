using Nacre.Syntax;

namespace Nacre.Fuzz.Generation;

/// <summary>Kinds of instructions that a module may prefer or avoid.</summary>
internal enum Category
{
    /// <summary>Arithmetic, comparisons, conversions.</summary>
    Numeric,
    /// <summary>Arithmetic on vectors, and to and from them.</summary>
    Vector,
    /// <summary>Loads, stores and what else is done with memories.</summary>
    Memory,
    /// <summary>The same with vectors.</summary>
    VectorMemory,
    /// <summary>Atomic accesses.</summary>
    Atomic,
    /// <summary>Everything with references.</summary>
    Reference,
}

/// <summary>The instructions whose signature the list of instructions knows, by what they leave on the stack.</summary>
/// <remarks>A new row with a fixed signature is found here by itself. Constants are not: they are made from their type alone.</remarks>
internal static class Productions
{
    private const byte VectorPrefix = 0xFD, AtomicPrefix = 0xFE;

    /// <summary>How many categories there are.</summary>
    public static readonly int CategoryCount = Enum.GetValues<Category>().Length;

    private static readonly Dictionary<(Category, OperandType), Opcode[]> s_byResult = Group();
    private static readonly Dictionary<Category, Opcode[]> s_effects = Enum.GetValues<Opcode>()
        .Where(opcode => OpcodeInfo.HasFixedSignature(opcode) && OpcodeInfo.Results(opcode).Length == 0)
        .GroupBy(CategoryOf).ToDictionary(group => group.Key, group => group.ToArray());

    /// <summary>Instructions whose results begin with <paramref name="result"/>.</summary>
    public static Opcode[] Of(Category category, OperandType result) => s_byResult.GetValueOrDefault((category, result), []);

    /// <summary>Instructions without results.</summary>
    public static Opcode[] Effects(Category category) => s_effects.GetValueOrDefault(category, []);

    private static Dictionary<(Category, OperandType), Opcode[]> Group() => Enum.GetValues<Opcode>()
        .Where(opcode => OpcodeInfo.HasFixedSignature(opcode) && OpcodeInfo.Results(opcode).Length > 0 && !IsConstant(opcode))
        .GroupBy(opcode => (CategoryOf(opcode), OpcodeInfo.Results(opcode)[0])).ToDictionary(group => group.Key, group => group.ToArray());

    private static bool IsConstant(Opcode opcode)
        => OpcodeInfo.Shape(opcode) is ImmediateShape.S32 or ImmediateShape.S64 or ImmediateShape.F32 or ImmediateShape.F64 or ImmediateShape.V128;

    private static Category CategoryOf(Opcode opcode)
    {
        byte prefix = OpcodeInfo.Prefix(opcode);
        if (prefix == AtomicPrefix) return Category.Atomic;
        bool isMemory = OpcodeInfo.NaturalAlignment(opcode) > 0
            || OpcodeInfo.Shape(opcode) is ImmediateShape.Memory or ImmediateShape.Data or ImmediateShape.DataMemory;
        if (prefix == VectorPrefix) return isMemory ? Category.VectorMemory : Category.Vector;
        if (isMemory) return Category.Memory;
        bool hasReference = OpcodeInfo.Shape(opcode) is ImmediateShape.Table or ImmediateShape.Elem;
        foreach (OperandType operand in OpcodeInfo.Operands(opcode)) hasReference |= operand is OperandType.Eqref or OperandType.Arrayref or OperandType.I31ref;
        return hasReference ? Category.Reference : Category.Numeric;
    }
}
