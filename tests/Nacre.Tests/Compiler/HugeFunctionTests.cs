using Nacre.Compiler;
using Nacre.Syntax;
using Nacre.Tests.Support;

namespace Nacre.Tests.Compiler;

public class HugeFunctionTests
{
    [Theory]
    [InlineData(MemoryStrategy.Guard)]
    [InlineData(MemoryStrategy.Explicit)]
    public void A_dispatch_loop_of_5000_arms_does_what_the_interpreter_does(MemoryStrategy strategy)
        => OnLargeStack(() =>
        {
            ModuleBuilder module = DispatchLoop.Module(5_000);
            long expected = Run(new EngineOptions { Kind = EngineKind.Interpreter }, module, 200_000);
            Assert.Equal(expected, Run(new EngineOptions { Kind = EngineKind.Compiler, MemoryStrategy = strategy }, module, 200_000));
        });

    [Fact]
    public void Fuel_and_polls_work_in_pieces_as_in_the_interpreter()
        => OnLargeStack(() =>
        {
            ModuleBuilder module = DispatchLoop.Module(1_000);
            (long, long) Metered(EngineKind kind)
            {
                using Guest guest = Guest.Of(new EngineOptions { Kind = kind, ConsumeFuel = true, Interruptible = true }, module);
                guest.Store.Fuel = 1_000_000_000;
                return (guest.Call<long>("run", 20_000), guest.Store.Fuel);
            }
            Assert.Equal(Metered(EngineKind.Interpreter), Metered(EngineKind.Compiler));
        });

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void No_method_of_a_dispatch_loop_of_5000_arms_exceeds_what_RyuJIT_optimises(bool isGuarded)
        => OnLargeStack(() =>
        {
            using var engine = new Engine(new EngineOptions { Kind = EngineKind.Compiler });
            Module module = engine.Compile(DispatchLoop.Module(5_000).Build());
            var code = new CodeVariant((CompilerEngine)engine.Execution, module.Validated, isGuarded);
            code.CompileWhole(0);
            SplitFunction split = code.SplitOf(0)!;
            Assert.Equal(split.Plan.Pieces.Count(piece => !piece.IsCopied) + 1, split.Classes.Count);
            Assert.All(split.Classes, type => Assert.True(MethodSize.Of(type).IsOptimised, MethodSize.Of(type).ToString()));
        });

    [Fact]
    public void A_trap_in_a_piece_tells_the_function_once_and_the_instruction()
    {
        using var guest = Guest.Of(new EngineOptions { Kind = EngineKind.Compiler, SplitLimits = SplitLimits.Smallest }, Trapping());
        using var expected = Guest.Of(new EngineOptions { Kind = EngineKind.Interpreter }, Trapping());
        TrapException trap = Assert.Throws<TrapException>(() => guest.Call("run", 3));
        TrapException same = Assert.Throws<TrapException>(() => expected.Call("run", 3));
        Assert.Equal(same.Kind, trap.Kind);
        Assert.Equal(same.GuestStack.Select(frame => frame.ToString()), trap.GuestStack.Select(frame => frame.ToString()));
    }

    private static ModuleBuilder Trapping() => new ModuleBuilder().Func("run", [ValType.I32], [ValType.I32], code => code
        .I32(1).LocalSet(0)
        .Loop(loop => loop.LocalGet(0).I32(1).Op(Opcode.I32Sub).LocalSet(0).I32(7).LocalGet(0).Op(Opcode.I32DivU).LocalSet(0))
        .LocalGet(0));

    [Theory]
    [InlineData(10_000)]
    [InlineData(50_000)]
    public void A_function_may_have_many_locals(int localCount)
    {
        ModuleBuilder module = new ModuleBuilder().Func("run", [ValType.I32], [ValType.I32], [.. Enumerable.Repeat(ValType.I32, localCount)], code =>
        {
            for (uint i = 1; i <= localCount; i++) code.LocalGet(i - 1).I32((int)i).Op(Opcode.I32Add).LocalSet(i);
            code.LocalGet((uint)localCount).LocalGet(0).Op(Opcode.I32Xor);
        });
        AssertEnginesAgree(module);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void An_expression_may_be_nested_100_000_deep(bool isLeft)
        => AssertEnginesAgree(new ModuleBuilder().Func("run", [ValType.I32], [ValType.I32], code =>
        {
            for (int i = 0; i < 100_000; i++)
            {
                code.LocalGet(0).I32(i).Op(Opcode.I32Mul);
                if (isLeft && i > 0) code.Op(Opcode.I32Xor);
            }
            for (int i = 1; i < 100_000 && !isLeft; i++) code.Op(Opcode.I32Sub);
        }));

    [Theory]
    [InlineData(Opcode.Block)]
    [InlineData(Opcode.Loop)]
    [InlineData(Opcode.If)]
    public void Blocks_may_be_nested_10_000_deep(Opcode opcode)
        => OnLargeStack(() => AssertEnginesAgree(new ModuleBuilder().Func("run", [ValType.I32], [ValType.I32], code =>
        {
            Nest(code, opcode, 10_000);
            code.LocalGet(0);
        })));

    private static void Nest(CodeBuilder code, Opcode opcode, int depth)
    {
        if (depth == 0) code.LocalGet(0).I32(3).Op(Opcode.I32Mul).LocalSet(0);
        else if (opcode == Opcode.If) code.LocalGet(0).If(inner => Nest(inner, opcode, depth - 1));
        else if (opcode == Opcode.Loop) code.Loop(inner => Nest(inner, opcode, depth - 1));
        else code.Block(inner =>
        {
            Nest(inner, opcode, depth - 1);
            inner.LocalGet(0).I32(depth).Op(Opcode.I32Xor).LocalTee(0).BrIf(0);
        });
    }

    [Fact]
    public void A_table_may_have_100_000_labels()
        => AssertEnginesAgree(new ModuleBuilder().Func("run", [ValType.I32], [ValType.I32], code =>
        {
            code.Block(outer =>
            {
                outer.Block(inner => inner.LocalGet(0).BrTable([.. Enumerable.Range(0, 100_000).Select(i => (uint)(i & 1))], 1));
                outer.I32(7).LocalSet(0);
            });
            code.LocalGet(0);
        }));

    private static void AssertEnginesAgree(ModuleBuilder module)
    {
        using Guest expected = Guest.Of(EngineKind.Interpreter, module);
        using Guest actual = Guest.Of(EngineKind.Compiler, module);
        Assert.Equal(expected.Call<int>("run", 5), actual.Call<int>("run", 5));
    }

    private static long Run(EngineOptions options, ModuleBuilder module, int stepCount)
    {
        using Guest guest = Guest.Of(options, module);
        return guest.Call<long>("run", stepCount);
    }

    // The builder nests as deep as what it builds.
    private static void OnLargeStack(Action action)
    {
        Exception? thrown = null;
        var thread = new Thread(() => thrown = Record.Exception(action), 256 * 1024 * 1024);
        thread.Start();
        thread.Join();
        if (thrown is not null) throw new AggregateException(thrown);
    }
}
