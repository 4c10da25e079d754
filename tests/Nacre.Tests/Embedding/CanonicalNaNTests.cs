using System.Globalization;
using System.Text;
using Nacre.Syntax;
using Nacre.Tests.Support;

namespace Nacre.Tests.Embedding;

/// <summary><see cref="EngineOptions.CanonicalizeNaNs"/>: every instruction of floats, on NaNs of all kinds.</summary>
public class CanonicalNaNTests
{
    private static readonly string[] s_handedOn = ["abs", "neg", "copysign", "pmin", "pmax", "reinterpret", "splat", "replace_lane", "extract_lane", "const"];

    // As two floats or one double: numbers, infinities, and NaNs quiet and signalling, of both signs, with several payloads.
    private static readonly ulong[] s_operands =
    [
        0, 0x8000_0000_8000_0000, 0x3F80_0000_BF80_0000, 0x3FF0_0000_0000_0000, 0x7F80_0000_FF80_0000, 0xFF80_0000_7F80_0000,
        0x7FF0_0000_0000_0000, 0xFFF0_0000_0000_0000, 0x7FC0_0000_FFC0_0000, 0xFFC0_0001_7FA0_0000, 0x7F80_0001_FF80_0001,
        0x7FF8_0000_0000_0000, 0xFFF8_0000_0000_0001, 0x7FF0_0000_0000_0001, 0xFFF4_0000_0000_0000,
    ];

    [Theory, EachEngine]
    public void Arithmetic_gives_canonical_NaNs_and_everything_else_as_the_interpreter_without(EngineKind kind)
    {
        Opcode[] opcodes = [.. Enum.GetValues<Opcode>().Where(IsArithmetic)];
        Assert.InRange(opcodes.Length, 50, 100);
        string text = TextOf(opcodes);
        Instance plain = Instantiate(new EngineOptions { Kind = EngineKind.Interpreter, Features = WasmFeatures.All }, text);
        Instance canonical = Instantiate(kind.Options() with { Features = WasmFeatures.All, CanonicalizeNaNs = true }, text);
        int changedCount = 0;
        foreach (Opcode opcode in opcodes)
        {
            Function without = plain.Function(opcode.ToString()), with = canonical.Function(opcode.ToString());
            foreach (ulong first in s_operands)
            {
                foreach (ulong second in s_operands)
                {
                    ulong[] expected = Call(without, first, second), actual = Call(with, first, second);
                    for (int i = 0; i < expected.Length; i++)
                    {
                        ulong wanted = Canonical(opcode, expected[i]);
                        Assert.True(wanted == actual[i], $"{opcode} of {first:X} and {second:X}, half {i}: {actual[i]:X}, not {wanted:X}");
                        if (wanted != expected[i]) changedCount++;
                    }
                }
            }
        }
        Assert.NotEqual(0, changedCount);
    }

    [Theory, EachEngine]
    public void What_is_handed_on_stays_as_it_is(EngineKind kind)
    {
        Instance guest = Instantiate(kind.Options() with { CanonicalizeNaNs = true }, """
            (module
              (memory 1)
              (func (export "f") (param i32) (result i32)
                (f32.store (i32.const 0) (f32.neg (f32.reinterpret_i32 (local.get 0))))
                (i32.reinterpret_f32 (f32.copysign (f32.load (i32.const 0)) (f32.const 1)))))
            """);
        Assert.Equal(0x7FA0_1234, guest.Function("f").Invoke(0x7FA0_1234)[0].AsInt32());
    }

    // Of those that give floats, all that compute.
    private static bool IsArithmetic(Opcode opcode)
    {
        string mnemonic = OpcodeInfo.Mnemonic(opcode);
        return LaneType(mnemonic) is not null && OpcodeInfo.NaturalAlignment(opcode) == 0
            && !OpcodeInfo.Results(opcode).Contains(OperandType.I32)
            && mnemonic.Split('.')[1] is not ("eq" or "ne" or "lt" or "gt" or "le" or "ge")
            && !s_handedOn.Any(name => mnemonic.Contains(name, StringComparison.Ordinal));
    }

    private static string? LaneType(string mnemonic) => mnemonic.Split('.')[0] switch
    {
        "f32" or "f32x4" => "f32",
        "f64" or "f64x2" => "f64",
        _ => null,
    };

    // A function for each: it takes operands by halves and gives the result by halves, by way of a local.
    private static string TextOf(Opcode[] opcodes)
    {
        var text = new StringBuilder("(module");
        foreach (Opcode opcode in opcodes)
        {
            OperandType result = OpcodeInfo.Results(opcode)[0];
            var operands = new StringBuilder();
            for (int i = 0; i < OpcodeInfo.Operands(opcode).Length; i++) operands.Append(OperandText(OpcodeInfo.Operands(opcode)[i], i % 2));
            text.Append(CultureInfo.InvariantCulture, $"""

                (func (export "{opcode}") (param i64 i64) (result i64 i64) (local $result {result.ToString().ToLowerInvariant()})
                  (local.set $result ({OpcodeInfo.Mnemonic(opcode)}{operands}))
                  {ResultText(result)})
                """);
        }
        return text.Append(')').ToString();
    }

    private static string OperandText(OperandType type, int local) => type switch
    {
        OperandType.I32 => $" (i32.wrap_i64 (local.get {local}))",
        OperandType.I64 => $" (local.get {local})",
        OperandType.F32 => $" (f32.reinterpret_i32 (i32.wrap_i64 (local.get {local})))",
        OperandType.F64 => $" (f64.reinterpret_i64 (local.get {local}))",
        _ => $" (i64x2.replace_lane 1 (i64x2.splat (local.get {local})) (local.get {1 - local}))",
    };

    private static string ResultText(OperandType type) => type switch
    {
        OperandType.F32 => "(i64.extend_i32_u (i32.reinterpret_f32 (local.get $result))) (i64.const 0)",
        OperandType.F64 => "(i64.reinterpret_f64 (local.get $result)) (i64.const 0)",
        _ => "(i64x2.extract_lane 0 (local.get $result)) (i64x2.extract_lane 1 (local.get $result))",
    };

    private static ulong Canonical(Opcode opcode, ulong half)
    {
        if (LaneType(OpcodeInfo.Mnemonic(opcode)) == "f64") return double.IsNaN(BitConverter.UInt64BitsToDouble(half)) ? 0x7FF8_0000_0000_0000 : half;
        return Canonical((uint)half) | ((ulong)Canonical((uint)(half >> 32)) << 32);

        static uint Canonical(uint bits) => float.IsNaN(BitConverter.UInt32BitsToSingle(bits)) ? 0x7FC0_0000 : bits;
    }

    private static ulong[] Call(Function function, ulong first, ulong second)
        => [.. function.Invoke((long)first, (long)second).Select(value => (ulong)value.AsInt64())];

    private static Instance Instantiate(EngineOptions options, string text)
    {
        var engine = new Engine(options);
        return new Linker(engine).Instantiate(new Store(engine), engine.CompileText(text));
    }
}
