using System.Text;
using Nacre.Scripts;

namespace Nacre.Tests.Scripts;

public class ScriptRunnerTests
{
    private const string Answer = "(module (func (export \"answer\") (result i32) (i32.const 42)) (global (export \"g\") i64 (i64.const 7)))";

    [Fact]
    public void Assertions_that_hold_are_counted_and_other_commands_are_not()
    {
        ScriptReport report = Run(Answer + """
            (assert_return (invoke "answer") (i32.const 42))
            (assert_return (get "g") (i64.const 7))
            (invoke "answer")
            (assert_return (invoke "answer") (either (i32.const 1) (i32.const 42)))
            """);
        Assert.Empty(report.Failures);
        Assert.Equal(3, report.PassedCount);
    }

    [Theory]
    [InlineData("(assert_return (invoke \"answer\") (i32.const 43))", "expected i32[0000002b]; got i32[0000002a]")]
    [InlineData("(assert_return (invoke \"answer\"))", "expected ; got i32[0000002a]")]
    [InlineData("(assert_return (invoke \"answer\") (i64.const 42))", "expected i64[000000000000002a]; got i32[0000002a]")]
    [InlineData("(assert_trap (invoke \"answer\") \"unreachable\")", "expected Trap \"unreachable\"; got i32[0000002a]")]
    [InlineData("(assert_malformed (module quote \"(func)\") \"unexpected token\")", "expected Malformed \"unexpected token\"; the module is accepted")]
    [InlineData("(assert_malformed (module quote \"(func\") \"unknown operator\")", "expected \"unknown operator\"; got MalformedModuleException: unexpected token")]
    [InlineData("(assert_invalid (module (func (result i32))) \"unknown\")", "expected \"unknown\"; got InvalidModuleException: type mismatch")]
    [InlineData("(assert_unlinkable (module (import \"a\" \"b\" (func))) \"incompatible\")", "expected \"incompatible\"; got LinkException: unknown import")]
    [InlineData("(assert_exception (invoke \"answer\"))", "expected Exception")]
    [InlineData("(invoke \"nothing\")", "KeyNotFoundException: the instance exports no function \"nothing\"")]
    [InlineData("(invoke \"answer\" (i32.const 1))", "ArgumentException")]
    [InlineData("(register \"x\" $nobody)", "KeyNotFoundException: there is no instance $nobody")]
    [InlineData("(module (bad))", "MalformedModuleException: unknown operator bad (at test.wast:2:10)")]
    public void A_command_that_fails_is_reported_at_its_place(string command, string message)
    {
        ScriptReport report = Run($"{Answer}\n{command}\n(assert_return (invoke \"missing\"))");
        Assert.Equal(0, report.PassedCount);
        Assert.StartsWith(message, report.Failures[0].Message, StringComparison.Ordinal);
        Assert.Equal(new TextPosition("test.wast", 2, 1), report.Failures[0].Position);
        Assert.Equal(2, report.Failures.Count);
    }

    [Fact]
    public void A_text_that_is_no_script_is_one_failure()
    {
        ScriptReport report = Run("(module) (assert_nothing)");
        Assert.StartsWith("unknown operator assert_nothing", Assert.Single(report.Failures).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void NaN_patterns_tell_canonical_from_arithmetic()
    {
        const string Module = "(module (func (export \"q\") (result f32) (f32.const nan:0x400001)) (func (export \"c\") (result f64) (f64.const -nan)))";
        Assert.Equal(3, Run(Module + """
            (assert_return (invoke "q") (f32.const nan:arithmetic))
            (assert_return (invoke "c") (f64.const nan:canonical))
            (assert_return (invoke "c") (f64.const nan:arithmetic))
            """).PassedCount);
        Assert.Single(Run(Module + "(assert_return (invoke \"q\") (f32.const nan:canonical))").Failures);
        Assert.Single(Run(Module + "(assert_return (invoke \"c\") (f64.const nan))").Failures);
    }

    [Fact]
    public void Threads_share_memories_and_report_like_everybody()
    {
        ScriptReport report = Run("""
            (module $Mem (memory (export "shared") 1 1 shared))
            (thread $T (shared (module $Mem))
              (register "mem" $Mem)
              (module (memory (import "mem" "shared") 1 1 shared) (func (export "run") (i32.atomic.store (i32.const 0) (i32.const 7))))
              (assert_return (invoke "run"))
              (assert_return (invoke "run") (i32.const 1)))
            (wait $T)
            (register "mem" $Mem)
            (module (memory (import "mem" "shared") 1 1 shared) (func (export "load") (result i32) (i32.atomic.load (i32.const 0))))
            (assert_return (invoke "load") (i32.const 7))
            """);
        Assert.Equal(1, report.PassedCount);
        Assert.Equal(6, Assert.Single(report.Failures).Position.Line);
    }

    [Fact]
    public void Definitions_are_instantiated_as_often_as_wanted()
    {
        ScriptReport report = Run("""
            (module definition $D (global $g (mut i32) (i32.const 0)) (func (export "next") (result i32) (global.set $g (i32.add (global.get $g) (i32.const 1))) (global.get $g)))
            (module instance $A $D)
            (module instance $B $D)
            (assert_return (invoke $A "next") (i32.const 1))
            (assert_return (invoke $A "next") (i32.const 2))
            (assert_return (invoke $B "next") (i32.const 1))
            """);
        Assert.Empty(report.Failures);
    }

    private static ScriptReport Run(string script)
    {
        using var engine = new Engine();
        return ScriptRunner.Run(Encoding.UTF8.GetBytes(script), "test.wast", engine);
    }
}
