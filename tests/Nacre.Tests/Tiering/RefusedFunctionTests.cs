using Nacre.Tests.Support;

namespace Nacre.Tests.Tiering;

/// <summary>What the compiler refuses stays interpreted, and compiled code can call it.</summary>
public class RefusedFunctionTests
{
    // More values at a time than a method of .NET may have locals.
    private const int LoopCount = 70, ValueCount = 1_000;

    private static string Many(string what) => string.Concat(Enumerable.Repeat(what + " ", ValueCount));

    private static readonly string s_guest = $"""
        (module
          (type $same (func (param {Many("i32")}) (result {Many("i32")})))
          (type $unary (func (param i32) (result i32)))
          (tag $e (param i32))
          (table funcref (elem $refused))
          (func $refused (export "refused") (type $unary)
            (if (i32.eqz (local.get 0)) (then unreachable))
            (if (i32.lt_s (local.get 0) (i32.const 0)) (then (throw $e (local.get 0))))
            {Many("local.get 0")}
            {string.Concat(Enumerable.Repeat("loop (type $same) ", LoopCount))} {string.Concat(Enumerable.Repeat("end ", LoopCount))}
            {string.Concat(Enumerable.Repeat("i32.add ", ValueCount - 1))})
          (func $references (export "references") (param externref externref externref externref externref i32) (result externref i32 externref)
            {Many("local.get 5")}
            {string.Concat(Enumerable.Repeat("loop (type $same) ", LoopCount))} {string.Concat(Enumerable.Repeat("end ", LoopCount))}
            {string.Concat(Enumerable.Repeat("i32.add ", ValueCount - 1))}
            local.set 5 local.get 4 local.get 5 local.get 1)
          (func (export "with-references") (param externref externref externref externref externref i32) (result externref i32 externref)
            (call $references (local.get 0) (local.get 1) (local.get 2) (local.get 3) (local.get 4) (local.get 5)))
          (func $caller (export "direct") (type $unary) (i32.add (i32.const 1) (call $refused (local.get 0))))
          (func (export "indirect") (type $unary) (i32.add (i32.const 2) (call_indirect (type $unary) (local.get 0) (i32.const 0))))
          (func (export "catching") (type $unary)
            (block $caught (result i32)
              (try_table (result i32) (catch $e $caught) (call $caller (local.get 0))))))
        """;

    [Fact]
    public void It_gives_the_same_results_to_compiled_code()
    {
        using var guest = new Tiers(s_guest);
        Assert.Equal(3_000, guest.Call("refused", 3)[0].AsInt32());
        guest.Heat("direct", 5).Heat("indirect", 5).Heat("catching", 5);
        Assert.Equal(3_001, guest.Call("direct", 3)[0].AsInt32());
        Assert.Equal(3_002, guest.Call("indirect", 3)[0].AsInt32());
        Assert.Equal(3_001, guest.Call("catching", 3)[0].AsInt32());
        Assert.Equal(4_000, guest.Instance.Function<int, int>("refused").Invoke(4));
        Assert.False(guest.IsCompiled("refused"));
    }

    [Fact]
    public void Its_references_come_from_compiled_code_and_go_there()
    {
        using var guest = new Tiers(s_guest);
        Value[] arguments = [.. Enumerable.Range(0, 5).Select(i => Value.FromExtern($"object {i}")), Value.FromInt32(2)];
        guest.Heat("with-references", arguments);
        Assert.Equal([arguments[4], Value.FromInt32(2_000), arguments[1]], guest.Call("with-references", arguments));
        Assert.False(guest.IsCompiled("references"));
    }

    [Fact]
    public void Its_traps_and_exceptions_reach_compiled_code()
    {
        using var guest = new Tiers(s_guest);
        guest.Heat("direct", 5).Heat("catching", 5);
        var trap = Assert.Throws<TrapException>(() => guest.Call("direct", 0));
        Assert.Equal(["refused", "caller"], trap.GuestStack.Select(frame => frame.FunctionName));
        Assert.Equal(-7, guest.Call("catching", -7)[0].AsInt32());
        Assert.Equal(3_001, guest.Call("direct", 3)[0].AsInt32());
    }

    [Fact]
    public void It_uses_the_same_fuel()
    {
        long[] used = [.. new[] { false, true }.Select(isHot =>
        {
            using var guest = new Tiers(s_guest, options: new EngineOptions { ConsumeFuel = true });
            if (isHot) guest.Heat("direct", 5);
            guest.Store.Fuel = 1_000_000;
            guest.Call("direct", 5);
            return 1_000_000 - guest.Store.Fuel;
        })];
        Assert.Equal(used[0], used[1]);
    }

    [Fact]
    public void It_stays_hot_for_ever_and_is_not_tried_again()
    {
        using var guest = new Tiers(s_guest);
        for (int i = 0; i < 5_000; i++) Assert.Equal(1_000, guest.Call("refused", 1)[0].AsInt32());
        Assert.False(guest.IsCompiled("refused"));
    }
}
