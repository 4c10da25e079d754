using System.Globalization;
using System.Text;
using Nacre.Syntax;
using Nacre.Tests.Support;

namespace Nacre.Tests.Compiler;

/// <summary>Functions with more operands, parameters and results than compilers of guests make: every engine runs them.</summary>
public class ManyOperandsTests
{
    // More than wait on CIL's stack.
    private const int Many = 70;

    [Theory, EachSetup]
    public void Operands_may_be_dropped_down_to_one_that_was_put_by(EngineKind engine, MemoryStrategy memory)
        => Assert.Equal(7, Run(engine, memory, Constants(7) + Drops(Many - 1)));

    [Theory, EachSetup]
    public void An_arm_may_end_with_an_operand_that_was_put_by(EngineKind engine, MemoryStrategy memory)
        => Assert.Equal(7, Run(engine, memory, $"i32.const 1 if (result i32) {Constants(7)} {Drops(Many - 1)} else i32.const 8 end"));

    [Theory, EachSetup]
    public void A_loaded_value_may_be_put_by_before_a_part_of_it_is_used(EngineKind engine, MemoryStrategy memory)
        => Assert.Equal(0x78, Run(engine, memory, $"i32.const 0 i32.load {Constants(7)} {Drops(Many)} i32.const 255 i32.and"));

    [Theory, EachSetup]
    public void A_lane_may_be_taken_of_a_loaded_vector_that_was_put_by(EngineKind engine, MemoryStrategy memory)
        => Assert.Equal(0x12345678, Run(engine, memory, $"i32.const 0 v128.load {Constants(7)} {Drops(Many)} i32x4.extract_lane 0"));

    [Theory, EachSetup]
    public void An_array_is_filled_with_floats_above_many_operands(EngineKind engine, MemoryStrategy memory)
    {
        for (int below = Many - 10; below < Many; below++)
        {
            string fill = "i32.const 9 array.new_default $floats local.tee $array i32.const 0 f32.const 2.5 i32.const 9 array.fill $floats "
                + "local.get $array i32.const 8 array.get $floats i32.trunc_f32_s";
            Assert.Equal(2 + below, Run(engine, memory, Constants(1, below) + fill + string.Concat(Enumerable.Repeat(" i32.add", below))));
        }
    }

    [Theory, EachSetup]
    public void A_function_may_have_a_thousand_parameters_and_a_thousand_results(EngineKind engine, MemoryStrategy memory)
    {
        const int Count = 1_000;
        string numbers = string.Concat(Enumerable.Range(0, Count).Select(i => $" (i32.const {i})")), types = string.Concat(Enumerable.Repeat(" i32", Count));
        string gets = string.Concat(Enumerable.Range(0, Count).Select(i => $" (local.get {Count - 1 - i})"));
        string text = $"""
            (module
              (func $turn (export "turn") (param{types}) (result{types}) {gets})
              (func (export "run") (result i32) (local $last i32) (local $count i32)
                (loop $again
                  (call $turn {numbers}) {string.Concat(Enumerable.Repeat(" drop", Count - 1))} local.set $last
                  (br_if $again (i32.lt_u (local.tee $count (i32.add (local.get $count) (i32.const 1))) (i32.const 100))))
                (local.get $last)))
            """;
        using Guest guest = Of(engine, memory, text);
        Assert.Equal(Count - 1, guest.Call<int>("run"));
        Value[] turned = guest.Call("turn", [.. Enumerable.Range(0, Count).Select(i => (Value)i)]);
        Assert.Equal(Enumerable.Range(0, Count).Reverse(), turned.Select(value => value.AsInt32()));
    }

    [Theory, EachSetup]
    public void A_function_may_have_the_name_of_a_method_that_every_class_has(EngineKind engine, MemoryStrategy memory)
    {
        var text = new StringBuilder("(module (memory 1) ");
        string[] names = ["ToString", "Equals", "GetHashCode", "GetType", "ReferenceEquals", "Finalize", ".ctor", ".cctor", "call"];
        foreach (string name in names) text.Append(CultureInfo.InvariantCulture, $"(func ${name} (export \"{name}\") (param i32) (result i32) (local.get 0))");
        using Guest guest = Of(engine, memory, text.Append(')').ToString());
        Assert.All(names, name => Assert.Equal(5, guest.Call<int>(name, 5)));
    }

    private static string Constants(int value, int count = Many) => string.Concat(Enumerable.Repeat($" i32.const {value}", count)) + " ";

    private static string Drops(int count) => string.Concat(Enumerable.Repeat(" drop", count)) + " ";

    private static int Run(EngineKind engine, MemoryStrategy memory, string body)
    {
        string text = $"""
            (module
              (type $floats (array (mut f32)))
              (memory 1)
              (data (i32.const 0) "\78\56\34\12")
              (func (export "run") (result i32) (local $array (ref null $floats)) {body}))
            """;
        using Guest guest = Of(engine, memory, text);
        for (int i = 0; i < 20; i++) guest.Call<int>("run");        // until it is hot
        return guest.Call<int>("run");
    }

    private static Guest Of(EngineKind engine, MemoryStrategy memory, string text)
        => Guest.FromText(engine.Options() with { MemoryStrategy = memory, Features = WasmFeatures.All }, text);
}
