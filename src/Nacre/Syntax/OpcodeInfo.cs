using System.Numerics;
using System.Text;

namespace Nacre.Syntax;

/// <summary>What the list of instructions knows about each of them.</summary>
/// <remarks>Every look-up is one or two loads from tables that lie in the assembly; only <see cref="Mnemonic"/> and
/// <c>TryFromMnemonic</c> make something, once.</remarks>
public static partial class OpcodeInfo
{
    internal const ushort IllegalCode = 0xFFFF;
    internal const ushort PrefixCode = 0xFFFE;
    private const ushort NoSignature = 0xFFFF;

    /// <summary>The byte before the code; 0 without one.</summary>
    public static byte Prefix(Opcode opcode) => Prefixes[(int)opcode];

    /// <summary>The code: the byte, or the number after the prefix.</summary>
    public static uint Code(Opcode opcode) => Codes[(int)opcode];

    /// <summary>What follows the code.</summary>
    public static ImmediateShape Shape(Opcode opcode) => Shapes[(int)opcode];

    /// <summary>The features needed, all of them; none for the core.</summary>
    public static WasmFeatures Feature(Opcode opcode) => FeaturesNeeded[(int)opcode];

    /// <summary>Whether <see cref="Operands"/> and <see cref="Results"/> are the whole signature. Otherwise it depends on the module.</summary>
    public static bool HasFixedSignature(Opcode opcode) => SignatureStarts[(int)opcode] != NoSignature;

    /// <summary>The operands in stack order; empty without a fixed signature.</summary>
    public static ReadOnlySpan<OperandType> Operands(Opcode opcode)
        => HasFixedSignature(opcode) ? SignaturePool.Slice(SignatureStarts[(int)opcode], OperandCounts[(int)opcode]) : default;

    /// <summary>The results in stack order; empty without a fixed signature.</summary>
    public static ReadOnlySpan<OperandType> Results(Opcode opcode) => HasFixedSignature(opcode)
        ? SignaturePool.Slice(SignatureStarts[(int)opcode] + OperandCounts[(int)opcode], ResultCounts[(int)opcode])
        : default;

    /// <summary>The traps that the instruction itself may end in.</summary>
    public static ReadOnlySpan<TrapKind> Traps(Opcode opcode) => TrapPool.Slice(TrapStarts[(int)opcode], TrapCounts[(int)opcode]);

    /// <summary>The natural alignment of a memory access in bytes; 0 for other instructions.</summary>
    public static int NaturalAlignment(Opcode opcode) => AlignmentsByShape[(int)Shape(opcode)];

    /// <summary>How many lanes the lane number chooses from; 0 for instructions without one.</summary>
    public static int LaneCount(Opcode opcode) => LaneCountsByShape[(int)Shape(opcode)];

    /// <summary>The value type that <paramref name="type"/> stands for, where addresses are of type <paramref name="address"/>.</summary>
    public static ValType ToValType(this OperandType type, AddressType address) => type switch
    {
        OperandType.I32 => ValType.I32,
        OperandType.I64 => ValType.I64,
        OperandType.F32 => ValType.F32,
        OperandType.F64 => ValType.F64,
        OperandType.V128 => ValType.V128,
        OperandType.Address => address == AddressType.I64 ? ValType.I64 : ValType.I32,
        OperandType.Eqref => ValType.RefNull(AbstractHeapType.Eq),
        OperandType.Arrayref => ValType.RefNull(AbstractHeapType.Array),
        OperandType.I31ref => ValType.RefNull(AbstractHeapType.I31),
        _ => ValType.Ref(AbstractHeapType.I31),
    };

    /// <summary>Finds the instruction whose code is the single byte <paramref name="code"/>.</summary>
    /// <returns>Whether there is one; false for a prefix.</returns>
    public static bool TryFromByte(byte code, out Opcode opcode)
    {
        opcode = (Opcode)FromByte(code);
        return (ushort)opcode < PrefixCode;
    }

    /// <summary>Finds the instruction with number <paramref name="code"/> after <paramref name="prefix"/>.</summary>
    /// <returns>Whether there is one.</returns>
    public static bool TryFromPrefixed(byte prefix, uint code, out Opcode opcode)
    {
        opcode = (Opcode)FromPrefixed(prefix, code);
        return (ushort)opcode < PrefixCode;
    }

    /// <summary>The instruction as a number, or <see cref="PrefixCode"/>, or <see cref="IllegalCode"/>.</summary>
    internal static ushort FromByte(byte code) => ByByte[code];

    /// <summary>The instruction as a number, or <see cref="IllegalCode"/>.</summary>
    internal static ushort FromPrefixed(byte prefix, uint code)
    {
        ReadOnlySpan<ushort> table = ByNumber(prefix);
        return code < (uint)table.Length ? table[(int)code] : IllegalCode;
    }

    /// <summary>The spelling in the text format.</summary>
    public static string Mnemonic(Opcode opcode) => Mnemonics.Texts[(int)opcode] ??= Encoding.ASCII.GetString(MnemonicUtf8(opcode));

    /// <summary>The spelling in the text format, as UTF-8.</summary>
    public static ReadOnlySpan<byte> MnemonicUtf8(Opcode opcode)
    {
        int start = opcode == 0 ? 0 : MnemonicEnds[(int)opcode - 1];
        return MnemonicText[start..MnemonicEnds[(int)opcode]];
    }

    /// <summary>Finds an instruction by its spelling. Of several with one spelling it is the first:
    /// <c>select</c>, <c>ref.test</c> and <c>ref.cast</c> have a second form.</summary>
    /// <returns>Whether there is one.</returns>
    public static bool TryFromMnemonic(ReadOnlySpan<char> mnemonic, out Opcode opcode) => Mnemonics.TryFind(mnemonic, out opcode);

    /// <summary>Finds an instruction by its spelling in UTF-8; see the overload for characters.</summary>
    /// <returns>Whether there is one.</returns>
    public static bool TryFromMnemonic(ReadOnlySpan<byte> mnemonic, out Opcode opcode) => Mnemonics.TryFind(mnemonic, out opcode);

    /// <summary>The index of spellings, built when the first one is looked for: a closed hash table, at most a third full.</summary>
    private static class Mnemonics
    {
        private const int SlotCount = 2048;

        public static readonly string?[] Texts = new string?[Count];
        private static readonly ushort[] s_slots = Build();

        public static bool TryFind<T>(ReadOnlySpan<T> mnemonic, out Opcode opcode) where T : unmanaged, IBinaryInteger<T>
        {
            for (uint slot = Hash(mnemonic); ; slot++)
            {
                ushort found = s_slots[slot % SlotCount];
                opcode = (Opcode)found;
                if (found == IllegalCode) return false;
                if (AreEqual(MnemonicUtf8(opcode), mnemonic)) return true;
            }
        }

        private static ushort[] Build()
        {
            var slots = new ushort[SlotCount];
            Array.Fill(slots, IllegalCode);
            for (ushort opcode = 0; opcode < Count; opcode++)
            {
                ReadOnlySpan<byte> mnemonic = MnemonicUtf8((Opcode)opcode);
                uint slot = Hash(mnemonic) % SlotCount;
                while (slots[slot] != IllegalCode && !AreEqual(MnemonicUtf8((Opcode)slots[slot]), mnemonic)) slot = (slot + 1) % SlotCount;
                if (slots[slot] == IllegalCode) slots[slot] = opcode;
            }
            return slots;
        }

        private static uint Hash<T>(ReadOnlySpan<T> text) where T : unmanaged, IBinaryInteger<T>
        {
            uint hash = (uint)text.Length;
            foreach (T unit in text) hash = (hash * 31) + uint.CreateTruncating(unit);
            return hash ^ (hash >> 11);
        }

        private static bool AreEqual<T>(ReadOnlySpan<byte> known, ReadOnlySpan<T> text) where T : unmanaged, IBinaryInteger<T>
        {
            if (known.Length != text.Length) return false;
            for (int i = 0; i < known.Length; i++)
            {
                if (known[i] != uint.CreateTruncating(text[i])) return false;
            }
            return true;
        }
    }
}
