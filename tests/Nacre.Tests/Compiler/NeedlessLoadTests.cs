using Nacre.Compiler;
using Nacre.Runtime;
using Nacre.Syntax;
using Nacre.Tests.Support;

namespace Nacre.Tests.Compiler;

/// <summary>A load beyond the memory traps, though nobody needs what becomes of its value.</summary>
/// <remarks>RyuJIT knows then that the memory's beginning is there, and might conclude that nothing can go wrong at a constant address.</remarks>
public class NeedlessLoadTests
{
    private static readonly SplitLimits s_copying = new() { InliningByteCount = 0 };

    [Theory, EachSetup]
    public void Arms_of_an_if_whose_result_is_dropped(EngineKind engine, MemoryStrategy memory)
        => Check(engine, memory, (type, load) => $"(if (result {type}) (local.get $i32) (then {Use(type, load)}) (else (local.get ${type}))) drop");

    [Theory, EachSetup]
    public void Values_of_a_local_that_is_never_read(EngineKind engine, MemoryStrategy memory)
        => Check(engine, memory, (type, load) => $"(local.set ${type} {Use(type, load)})");

    [Theory, EachSetup]
    public void Operands_that_are_not_selected(EngineKind engine, MemoryStrategy memory)
        => Check(engine, memory, (type, load) => $"(select (result {type}) {Use(type, load)} (local.get ${type}) (i32.const 0)) drop");

    private static void Check(EngineKind kind, MemoryStrategy memory, Func<string, string, string> code)
    {
        EngineOptions options = kind.Options() with { MemoryStrategy = memory, Features = WasmFeatures.All };
        foreach (Opcode opcode in Enum.GetValues<Opcode>().Where(opcode => OpcodeInfo.Mnemonic(opcode).Contains(".load", StringComparison.Ordinal)))
            foreach (SplitLimits limits in new[] { SplitLimits.Default, s_copying })
                CheckTrap(options with { SplitLimits = limits }, opcode, code);
    }

    private static void CheckTrap(EngineOptions options, Opcode opcode, Func<string, string, string> code)
    {
        bool isLane = OpcodeInfo.LaneCount(opcode) > 0;
        string load = $"({OpcodeInfo.Mnemonic(opcode)} offset=65536 {(isLane ? "0 " : "")}(i32.const 0){(isLane ? " (local.get $v128)" : "")})";
        string type = OpcodeInfo.Mnemonic(opcode).Split('.')[0];
        using var guest = Guest.FromText(options, $"""
            (module
              (memory 1 1)
              (func $nothing)
              (func (export "run") (param $i32 i32) (local $i64 i64) (local $f32 f32) (local $f64 f64) (local $v128 v128)
                (call $nothing) (i32.load (i32.const 0)) {code(type, load)} drop))
            """);
        TrapException trap = Assert.Throws<TrapException>(() => guest.Call("run", 1));
        Assert.Equal(TrapKind.MemoryOutOfBounds, trap.Kind);
    }

    private static string Use(string type, string load) => type switch
    {
        "v128" => $"(v128.bitselect (local.get $v128) (v128.const i64x2 0 0) {load})",
        "f32" or "f64" => $"({type}.neg {load})",
        _ => $"({type}.add (local.get ${type}) {load})",
    };
}
