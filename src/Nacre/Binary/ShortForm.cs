using Nacre.Syntax;

namespace Nacre.Binary;

/// <summary>How an instruction of one byte and simple immediates is passed over: some bytes of any content, then an integer
/// short enough that its value cannot be out of range. The default stands for instructions that have to be looked at.</summary>
internal readonly struct ShortForm
{
    // An integer in n bytes has 7n bits: in four it fits into 32, in eight into 64.
    private const byte FitsInto32 = 4, FitsInto64 = 8;

    // A memory index follows, or the alignment does not end in this byte.
    private const byte NotAlignment = (byte)InstructionWriter.HasMemoryIndex | 0x80;

    /// <summary>All bytes, when the integer takes one; 0 for instructions that have to be looked at.</summary>
    public readonly byte ShortCount;
    /// <summary>The bytes before the integer, the code included.</summary>
    public readonly byte FixedCount;
    /// <summary>The bit of the integer's first byte that says it takes more; 0 without an integer.</summary>
    public readonly byte ContinuationBit;
    /// <summary>Most bytes of the integer; with more it has to be looked at.</summary>
    public readonly byte IntegerLimit;
    /// <summary>Bits of the byte after the code that must not be set.</summary>
    public readonly byte ForbiddenBits;

    private ShortForm(byte fixedCount, byte integerLimit = 0, byte forbiddenBits = 0)
    {
        bool hasInteger = integerLimit != 0;
        ShortCount = (byte)(fixedCount + (hasInteger ? 1 : 0));
        FixedCount = fixedCount;
        ContinuationBit = (byte)(hasInteger ? 0x80 : 0);
        IntegerLimit = integerLimit;
        ForbiddenBits = forbiddenBits;
    }

    /// <summary>The short forms by first byte.</summary>
    public static ShortForm[] ForEachByte(WasmFeatures features)
    {
        var forms = new ShortForm[256];
        for (int first = 0; first < forms.Length; first++)
        {
            if (OpcodeInfo.TryFromByte((byte)first, out Opcode opcode) && !IsLookedAt(opcode, features))
                forms[first] = Of(OpcodeInfo.Shape(opcode), features);
        }
        return forms;
    }

    // What opens, parts or closes a block changes the nesting.
    private static bool IsLookedAt(Opcode opcode, WasmFeatures features)
        => opcode is Opcode.Else or Opcode.End or Opcode.Catch or Opcode.CatchAll or Opcode.Delegate
        || (OpcodeInfo.Feature(opcode) & ~features) != 0;

    private static ShortForm Of(ImmediateShape shape, WasmFeatures features) => shape switch
    {
        ImmediateShape.None => new ShortForm(1),
        ImmediateShape.Label or ImmediateShape.Func or ImmediateShape.Local or ImmediateShape.Global
            or ImmediateShape.Type or ImmediateShape.Tag or ImmediateShape.S32 => new ShortForm(1, FitsInto32),
        ImmediateShape.S64 => new ShortForm(1, FitsInto64),
        ImmediateShape.F32 => new ShortForm(1 + sizeof(float)),
        ImmediateShape.F64 => new ShortForm(1 + sizeof(double)),
        ImmediateShape.Memarg1 or ImmediateShape.Memarg2 or ImmediateShape.Memarg4 or ImmediateShape.Memarg8
            => new ShortForm(2, (features & WasmFeatures.Memory64) != 0 ? FitsInto64 : FitsInto32, forbiddenBits: NotAlignment),
        _ => default,
    };
}
