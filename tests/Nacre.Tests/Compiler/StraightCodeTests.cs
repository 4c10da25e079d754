using System.Globalization;
using System.Text;
using Nacre.Compiler;
using Nacre.Syntax;
using Nacre.Tests.Support;

namespace Nacre.Tests.Compiler;

/// <summary>Meanings as they are copied into functions that have too many of them for RyuJIT to inline.</summary>
public class StraightCodeTests
{
    private const byte VectorPrefix = 0xFD;

    public static TheoryData<Opcode> VectorInstructions() =>
        [.. Enum.GetValues<Opcode>().Where(opcode => OpcodeInfo.Prefix(opcode) == VectorPrefix && opcode != Opcode.V128Const)];

    [Theory]
    [MemberData(nameof(VectorInstructions))]
    public void Whatever_a_vector_instruction_means_can_be_copied(Opcode opcode) => Assert.NotNull(Members.StraightMeaningOf(opcode));

    [Theory]
    [InlineData(Opcode.I32DivS)]            // it traps, or not
    [InlineData(Opcode.F64Min)]             // it looks for NaN first
    [InlineData(Opcode.I64MulWideU)]        // it takes the address of a local
    public void Meanings_that_branch_or_take_addresses_are_called(Opcode opcode) => Assert.Null(Members.StraightMeaningOf(opcode));

    [Fact]
    public void What_must_not_be_inlined_is_not_copied() => Assert.Null(Members.StraightMeaningOf(Opcode.I32AtomicRmwCmpxchg));

    [Theory]
    [InlineData(10, 21)]            // a sum and a splat each, and a lane at the end
    [InlineData(65, 60)]            // as many as may be
    [InlineData(500, 0)]            // RyuJIT would have too many locals before it begins
    public void The_longer_a_function_the_fewer_calls_are_left_to_be_inlined(int sumCount, int expected)
    {
        using var engine = new Engine(new EngineOptions { Kind = EngineKind.Compiler });
        using var cil = new StringWriter(CultureInfo.InvariantCulture);
        engine.CompileText(Sums(sumCount)).WriteCil(new FuncIndex(0), cil);
        int calls = cil.ToString().Split("call Meanings.").Length - 1;
        Assert.Equal(expected, calls);
    }

    [Fact]
    public void A_function_too_long_for_inlining_computes_what_a_short_one_does()
    {
        const int Count = 1_000;
        using var guest = Guest.FromText(EngineKind.Compiler, Sums(Count));
        Assert.Equal(Count * 3, guest.Call<int>("run", 3));
    }

    [Fact]
    public void Copied_meanings_with_two_results_give_both()
    {
        var options = new EngineOptions { Kind = EngineKind.Compiler, Features = WasmFeatures.All, SplitLimits = SplitLimits.Smallest };
        ModuleBuilder module = new ModuleBuilder().Func("run", [ValType.I64, ValType.I64], [ValType.I64, ValType.I64], code => code
            .LocalGet(0).LocalGet(1).LocalGet(1).LocalGet(0).Op(Opcode.I64Add128));
        using var guest = Guest.Of(options, module);
        Assert.Equal([0L, 1L], guest.Call("run", -1L, 1L).Select(value => value.AsInt64()));
    }

    private static string Sums(int count)
    {
        var text = new StringBuilder("(module (func (export \"run\") (param i32) (result i32) (local v128)");
        for (int i = 0; i < count; i++) text.Append("(local.set 1 (i32x4.add (local.get 1) (i32x4.splat (local.get 0))))");
        return text.Append("(i32x4.extract_lane 2 (local.get 1))))").ToString();
    }
}
