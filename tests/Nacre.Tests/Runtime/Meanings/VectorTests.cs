using System.Globalization;
using System.Reflection;
using System.Runtime.Intrinsics;
using Nacre.Syntax;
using V128 = System.Runtime.Intrinsics.Vector128<byte>;

namespace Nacre.Tests.Runtime.Meanings;

public class VectorTests
{
    private const int Rounds = 400;

    public static TheoryData<string> Mnemonics => [.. VectorReference.Rows.Keys];

    private static bool IsVector(Opcode opcode) =>
        (OpcodeInfo.Feature(opcode) & (WasmFeatures.Simd | WasmFeatures.RelaxedSimd)) != 0 && OpcodeInfo.NaturalAlignment(opcode) == 0 && opcode != Opcode.V128Const;

    [Fact]
    public void Every_vector_instruction_that_leaves_memory_alone_is_compared_with_a_reference() =>
        Assert.Equal(
            Enumerable.Range(0, OpcodeInfo.Count).Select(i => (Opcode)i).Where(IsVector).Select(OpcodeInfo.Mnemonic).Order(StringComparer.Ordinal),
            VectorReference.Rows.Keys.Order(StringComparer.Ordinal));

    [Theory, MemberData(nameof(Mnemonics))]
    public void Results_are_those_of_the_lanes_one_by_one(string mnemonic)
    {
        Assert.True(OpcodeInfo.TryFromMnemonic(mnemonic, out Opcode opcode));
        MethodInfo meaning = MeaningOf.Method(opcode);
        VectorReference.Row reference = VectorReference.Rows[mnemonic];
        var random = new Random((int)opcode);
        for (int round = 0; round < Rounds; round++)
        {
            VectorOperands operands = VectorOperands.Any(random, OpcodeInfo.LaneCount(opcode));
            object? actual = meaning.Invoke(null, Arguments(meaning, opcode, operands));
            object expected = reference.Result(operands);
            if (!AreEqual(expected, actual, reference.NaNLanes))
            {
                Assert.Fail(string.Create(CultureInfo.InvariantCulture, $"{mnemonic} of {operands}: expected {expected}, was {actual}."));
            }
        }
    }

    private static object[] Arguments(MethodInfo meaning, Opcode opcode, VectorOperands operands)
    {
        var vectors = new Queue<V128>([operands.A, operands.B, opcode == Opcode.I8x16Shuffle ? operands.C & Vector128.Create((byte)31) : operands.C]);
        return [.. meaning.GetParameters().Select(parameter => (object)(parameter.ParameterType switch
        {
            Type type when type == typeof(V128) => vectors.Dequeue(),
            Type type when type == typeof(int) => operands.I32,
            Type type when type == typeof(long) => operands.I64,
            Type type when type == typeof(float) => operands.F32,
            Type type when type == typeof(double) => operands.F64,
            _ => operands.Lane,
        }))];
    }

    private static bool AreEqual(object expected, object? actual, int nanLanes) => (expected, actual) switch
    {
        (V128 x, V128 y) when nanLanes == 32 => Lanes.Of<float>(x).Zip(Lanes.Of<float>(y)).All(pair => AreEqual(pair.First, pair.Second)),
        (V128 x, V128 y) when nanLanes == 64 => Lanes.Of<double>(x).Zip(Lanes.Of<double>(y)).All(pair => AreEqual(pair.First, pair.Second)),
        (float x, float y) => BitConverter.SingleToInt32Bits(x) == BitConverter.SingleToInt32Bits(y),
        (double x, double y) => BitConverter.DoubleToInt64Bits(x) == BitConverter.DoubleToInt64Bits(y),
        _ => expected.Equals(actual),
    };

    // Equal in every bit, or both NaN and the second one quiet.
    private static bool AreEqual(float expected, float actual) => float.IsNaN(expected)
        ? float.IsNaN(actual) && (BitConverter.SingleToInt32Bits(actual) & 0x0040_0000) != 0
        : BitConverter.SingleToInt32Bits(expected) == BitConverter.SingleToInt32Bits(actual);

    private static bool AreEqual(double expected, double actual) => double.IsNaN(expected)
        ? double.IsNaN(actual) && (BitConverter.DoubleToInt64Bits(actual) & 0x0008_0000_0000_0000) != 0
        : BitConverter.DoubleToInt64Bits(expected) == BitConverter.DoubleToInt64Bits(actual);
}
