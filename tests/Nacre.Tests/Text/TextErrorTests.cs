using Nacre.Syntax;
using Nacre.Text;

namespace Nacre.Tests.Text;

public class TextErrorTests
{
    [Fact]
    public void An_error_quotes_its_line_with_a_caret()
    {
        var error = Assert.Throws<MalformedModuleException>(
            () => ModuleParser.Parse("(module\n  (func $f)\n\t(func (nop \"Ä\") (call $g)))\n", "app.wat"));
        Assert.Equal(new TextPosition("app.wat", 3, 13), error.Position);
        Assert.Equal(
            ["unexpected token \"Ä\", where an instruction in parentheses is expected (at app.wat:3:13)", "    \t(func (nop \"Ä\") (call $g)))", "    \t           ^"],
            error.Message.Split(Environment.NewLine));
    }

    [Theory]
    [InlineData("(func (call $g))", "unknown func $g", 1, 13)]
    [InlineData("(func (local.get $x))", "unknown local $x", 1, 18)]
    [InlineData("(func\n  (br $x))", "unknown label $x", 2, 7)]
    [InlineData("(func $f)\r\n(func $f)", "duplicate func $f", 2, 7)]
    [InlineData("(func (param $x i32) (local $x i32))", "duplicate local $x", 1, 29)]
    [InlineData("(type (struct (field $x i32) (field $x i32)))", "duplicate field $x", 1, 37)]
    [InlineData("(func (i32.const 0x1_0000_0000))", "constant out of range: 0x1_0000_0000", 1, 18)]
    [InlineData("(func (f32.const 1e40))", "constant out of range", 1, 18)]
    [InlineData("(func (i32.load align=3 (i32.const 0)))", "alignment must be a power of two", 1, 17)]
    [InlineData("(func block $a end $b)", "mismatching label $b", 1, 20)]
    [InlineData("(func (nop) bla)", "unknown operator bla", 1, 13)]
    [InlineData("(func (nop)", "unexpected token: the text ends", 1, 12)]
    [InlineData("(func))", "unexpected token )", 1, 7)]
    [InlineData("(func (if (i32.const 0)))", "unexpected token ), where (then …) is expected", 1, 24)]
    [InlineData("(func block)", "unexpected token ), where end is expected", 1, 12)]
    [InlineData("(func (result i32) (param i32))", "unexpected token param", 1, 21)]
    [InlineData("(func) (import \"a\" \"b\" (func))", "import after function", 1, 8)]
    [InlineData("(func $f) (start 0) (start 0)", "multiple start sections", 1, 21)]
    [InlineData("(type $t (func (param i32))) (func (type $t) (param i64))", "inline function type: type 0 is [i32] → [], not [i64] → []", 1, 42)]
    [InlineData("(func (type 7) (param i64))", "unknown type 7", 1, 13)]
    [InlineData("(; never", "unclosed comment", 1, 1)]
    [InlineData("(func \"a", "unclosed string", 1, 9)]
    [InlineData("(import \"\\q\" \"\" (func))", "illegal escape", 1, 10)]
    [InlineData("(import \"\\ff\" \"\" (func))", "malformed UTF-8 encoding", 1, 9)]
    [InlineData("(func $)", "empty identifier", 1, 7)]
    [InlineData("(func) (@ x)", "empty annotation id", 1, 8)]
    [InlineData("(func) (@x (", "unclosed annotation", 1, 8)]
    [InlineData("(func \u0001)", "illegal character", 1, 7)]
    [InlineData("(func (@name 1))", "@name annotation: unexpected token", 1, 7)]
    [InlineData("(func (nop (@name \"x\")))", "misplaced @name annotation", 1, 12)]
    [InlineData("(memory 0 (pagesize 3))", "invalid custom page size", 1, 21)]
    [InlineData("(func (drop (v128.const i32x4 1 2 3)))", "wrong number of lane literals", 1, 31)]
    [InlineData("(func (i8x16.shuffle 1 2))", "invalid lane length", 1, 8)]
    public void An_error_says_what_is_wrong_and_where(string text, string message, int line, int column)
    {
        var error = Assert.Throws<MalformedModuleException>(() => ModuleParser.Parse(text, features: WasmFeatures.All));
        Assert.StartsWith(message, error.Message, StringComparison.Ordinal);
        Assert.Equal(new TextPosition(null, line, column), error.Position);
        string[] lines = error.Message.Split(Environment.NewLine);
        Assert.Equal(column + 3, lines[^1].IndexOf('^', StringComparison.Ordinal));
    }

    [Fact]
    public void An_engine_tells_where_in_the_text_a_rule_is_broken()
    {
        using var engine = new Engine();
        var error = Assert.Throws<InvalidModuleException>(() => engine.CompileText("""
            (module
              (func $f (import "a" "b"))
              (func $g)
              (func $h (result i32)
                (call $f)
                (i32.add (i32.const 1)
                  (i64.const 2))))
            """, "app.wat"));
        Assert.Equal(new TextPosition("app.wat", 6, 6), error.Position);
        Assert.StartsWith("type mismatch", error.Message, StringComparison.Ordinal);
        Assert.EndsWith($"        (i32.add (i32.const 1){Environment.NewLine}         ^", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("(module\n  (global i32\n    (i64.const 1)))", "type mismatch", 3, 6)]
    [InlineData("(func) (global $a i32 (i32.const 1))\n(global i32 (i32.add (global.get $a)\n  (i32.ctz (i32.const 1))))", "constant expression required", 3, 4)]
    [InlineData("(table 1 funcref)\n(elem (i32.const 0) func) (elem (offset\n  (f32.const 1)) func)", "type mismatch", 3, 4)]
    [InlineData("(table 1 funcref (ref.func 0)) (func)\n(table 2 externref (ref.func 0))", "type mismatch", 2, 21)]
    [InlineData("(func $f) (elem funcref (ref.func $f) (item\n(i32.const 0)))", "type mismatch", 2, 2)]
    [InlineData("(memory 1) (data (i32.const 0) \"a\")\n(data (i64.const 0) \"b\")", "type mismatch", 2, 8)]
    [InlineData("(func (drop (i32.const 1))) (global i32 (i32.const 2))\n(func (result i32) i32.const 3\n  drop i64.const 4)", "type mismatch", 3, 8)]
    public void A_rule_broken_in_an_expression_of_any_kind_has_its_place(string text, string message, int line, int column)
    {
        using var engine = new Engine();
        var error = Assert.Throws<InvalidModuleException>(() => engine.CompileText(text));
        Assert.StartsWith(message, error.Message, StringComparison.Ordinal);
        Assert.Equal(new TextPosition(null, line, column), error.Position);
        Assert.Equal(error.Position, Assert.Throws<InvalidModuleException>(() => engine.ValidateText(System.Text.Encoding.UTF8.GetBytes(text))).Position);
    }

    [Fact]
    public void Of_a_long_line_only_the_part_around_the_error_is_quoted()
    {
        string text = $"(func {string.Concat(Enumerable.Repeat("(nop) ", 10_000))} (bad) {string.Concat(Enumerable.Repeat("(nop) ", 10_000))})";
        var error = Assert.Throws<MalformedModuleException>(() => ModuleParser.Parse(text));
        Assert.StartsWith("unknown operator bad", error.Message, StringComparison.Ordinal);
        Assert.True(error.Message.Length < 400);
        string[] lines = error.Message.Split(Environment.NewLine);
        Assert.Equal('b', lines[1][lines[2].IndexOf('^', StringComparison.Ordinal)]);
    }

    [Fact]
    public void Bytes_that_are_no_UTF8_are_an_error_even_in_a_comment()
    {
        var error = Assert.Throws<MalformedModuleException>(() => ModuleParser.Parse(new byte[] { (byte)';', (byte)';', 0xFF }));
        Assert.StartsWith("malformed UTF-8 encoding", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Sizes_have_32_bits_where_there_is_no_memory64()
    {
        var error = Assert.Throws<MalformedModuleException>(() => ModuleParser.Parse("(memory 0x1_0000_0000)", features: WasmFeatures.Wasm2));
        Assert.StartsWith("i32 constant out of range", error.Message, StringComparison.Ordinal);
        Assert.Equal(0x1_0000_0000ul, ModuleParser.Parse("(memory 0x1_0000_0000)").Memories[0].Limits.Minimum);
    }
}
