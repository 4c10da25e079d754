using System.Numerics;
using Nacre.Binary;
using Nacre.Syntax;

namespace Nacre.Validation;

/// <summary>How a short instruction is validated without looking at which one it is. The default stands for all others.</summary>
/// <remarks>
/// Short are those of <see cref="ShortForm"/> that take at most two operands, of types that are known before, and leave at
/// most one result: most of the numeric instructions, loads and stores, and what reads or writes a local.
/// </remarks>
internal readonly struct ShortRule
{
    private const ushort AnyByte = 0x100, OneByteIndex = LocalTypes.ShortCount;
    private const uint All = uint.MaxValue;

    private ShortRule(ShortForm form, ushort nextLimit)
    {
        ByteCount = form.ShortCount;
        ContinuationMask = form.ContinuationBit;
        IntegerLimit = form.IntegerLimit;
        NextLimit = nextLimit;
    }

    /// <summary>The bytes of the instruction, an integer at its end taken to be of one byte.</summary>
    public byte ByteCount { get; private init; }
    /// <summary>The bit of the last of these bytes that says that the integer is longer; none without an integer.</summary>
    public byte ContinuationMask { get; private init; }
    /// <summary>Most bytes of the integer.</summary>
    public byte IntegerLimit { get; private init; }
    /// <summary>The byte after the code has to be below this: the index of a local, or the alignment of a memory access.</summary>
    public ushort NextLimit { get; private init; }

    /// <summary>How many operands are taken, up to two.</summary>
    public byte OperandCount { get; private init; }
    /// <summary>How many results are left, up to one.</summary>
    public byte ResultCount { get; private init; }
    /// <summary>The bits of the byte after the code that are the index of a local.</summary>
    public byte LocalMask { get; private init; }

    /// <summary>The type of the operand on top; 0 when it is that of the local.</summary>
    public uint Top { get; private init; }
    /// <summary>All ones when the operand on top has to be of a certain type.</summary>
    public uint TopMask { get; private init; }
    /// <summary>All ones when that is the type of the local.</summary>
    public uint TopLocalMask { get; private init; }
    /// <summary>The type of the operand below.</summary>
    public uint Second { get; private init; }
    /// <summary>All ones when there is an operand below.</summary>
    public uint SecondMask { get; private init; }
    /// <summary>The type of the result; 0 when it is that of the local.</summary>
    public uint Result { get; private init; }
    /// <summary>All ones when the result is of the local's type.</summary>
    public uint ResultLocalMask { get; private init; }

    /// <summary>The rules by first byte.</summary>
    /// <param name="features">What the module may use.</param>
    /// <param name="memory">The module's first memory, to which loads and stores of the short form go; null without one.</param>
    public static ShortRule[] ForEachByte(WasmFeatures features, MemoryType? memory)
    {
        var rules = new ShortRule[256];
        ShortForm[] forms = ShortForm.ForEachByte(features);
        for (int first = 0; first < rules.Length; first++)
        {
            if (forms[first].FixedCount > 0 && OpcodeInfo.TryFromByte((byte)first, out Opcode opcode))
                rules[first] = Of(opcode, forms[first], memory);
        }
        return rules;
    }

    private static ShortRule Of(Opcode opcode, ShortForm form, MemoryType? memory) => opcode switch
    {
        Opcode.LocalGet => new(form, OneByteIndex) { LocalMask = OneByteIndex - 1, ResultCount = 1, ResultLocalMask = All },
        Opcode.LocalSet => new(form, OneByteIndex) { LocalMask = OneByteIndex - 1, OperandCount = 1, TopMask = All, TopLocalMask = All },
        Opcode.LocalTee => new(form, OneByteIndex)
        {
            LocalMask = OneByteIndex - 1,
            OperandCount = 1,
            TopMask = All,
            TopLocalMask = All,
            ResultCount = 1,
            ResultLocalMask = All,
        },
        Opcode.Drop => new(form, AnyByte) { OperandCount = 1 },
        _ => OfPlain(opcode, form, memory),
    };

    private static ShortRule OfPlain(Opcode opcode, ShortForm form, MemoryType? memory)
    {
        ReadOnlySpan<OperandType> operands = OpcodeInfo.Operands(opcode), results = OpcodeInfo.Results(opcode);
        int alignment = OpcodeInfo.NaturalAlignment(opcode);
        if (!OpcodeInfo.HasFixedSignature(opcode) || operands.Length > 2 || results.Length > 1) return default;
        if (alignment > 0 && memory is not { Address: AddressType.I32 }) return default;

        ushort nextLimit = alignment == 0 ? AnyByte : (ushort)(BitOperations.Log2((uint)alignment) + 1);
        return new ShortRule(form, nextLimit)
        {
            // An offset in four bytes fits into every memory.
            IntegerLimit = Math.Min(form.IntegerLimit, alignment > 0 ? (byte)4 : byte.MaxValue),
            OperandCount = (byte)operands.Length,
            ResultCount = (byte)results.Length,
            TopMask = operands.Length > 0 ? All : 0,
            Top = operands.Length > 0 ? operands[^1].ToValType(AddressType.I32).Bits : 0,
            SecondMask = operands.Length > 1 ? All : 0,
            Second = operands.Length > 1 ? operands[0].ToValType(AddressType.I32).Bits : 0,
            Result = results.Length > 0 ? results[0].ToValType(AddressType.I32).Bits : 0,
        };
    }
}
