using System.Reflection;
using Nacre.Syntax;
using V128 = System.Runtime.Intrinsics.Vector128<byte>;

namespace Nacre.Tests.Runtime.Meanings;

/// <summary>The shape that generated calls rely on.</summary>
public unsafe class MeaningsTests
{
    public static TheoryData<Opcode> Plain => [.. Enumerable.Range(0, OpcodeInfo.Count).Select(i => (Opcode)i).Where(IsPlain)];

    /// <summary>Instructions of numbers and memory bytes that need neither the store nor the frame.</summary>
    private static bool IsPlain(Opcode opcode)
    {
        string mnemonic = OpcodeInfo.Mnemonic(opcode);
        return mnemonic.Split('.')[0] is "i32" or "i64" or "f32" or "f64" or "v128" or "i8x16" or "i16x8" or "i32x4" or "i64x2" or "f32x4" or "f64x2"
            && !mnemonic.EndsWith(".const", StringComparison.Ordinal);
    }

    [Fact]
    public void There_are_as_many_meanings_as_plain_instructions() =>
        Assert.Equal(Plain.Count, typeof(Nacre.Runtime.Meanings).GetMethods(BindingFlags.Static | BindingFlags.Public).Length);

    [Theory, MemberData(nameof(Plain))]
    public void A_meaning_takes_operands_in_order_then_the_lane_and_returns_the_result(Opcode opcode)
    {
        MethodInfo meaning = MeaningOf.Method(opcode);
        List<Type> expected = [.. OpcodeInfo.Operands(opcode).ToArray().Select(TypeOf)];
        if (OpcodeInfo.LaneCount(opcode) != 0) expected.Add(typeof(byte));
        if (opcode == Opcode.I8x16Shuffle) expected.Add(typeof(V128));
        OperandType[] results = OpcodeInfo.Results(opcode).ToArray();
        if (results.Length == 2) expected.Add(TypeOf(results[1]).MakeByRefType());
        Assert.Equal(expected, meaning.GetParameters().Select(parameter => parameter.ParameterType));

        if (results.Length == 0) Assert.Equal(typeof(void), meaning.ReturnType);
        else if (meaning.ReturnType == typeof(bool)) Assert.Equal(OperandType.I32, results[0]);
        else Assert.Equal(TypeOf(results[0]), meaning.ReturnType);
    }

    private static Type TypeOf(OperandType type) => type switch
    {
        OperandType.Address => typeof(byte*),
        OperandType.I32 => typeof(int),
        OperandType.I64 => typeof(long),
        OperandType.F32 => typeof(float),
        OperandType.F64 => typeof(double),
        _ => typeof(V128),
    };
}
