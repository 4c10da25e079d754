using System.Text;
using Nacre.Syntax;
using Nacre.Text;

namespace Nacre.Tests.Text;

public class TextRobustnessTests
{
    private const int Depth = 100_000;

    [Fact]
    public void Nesting_of_any_depth_is_read_without_recursion()
    {
        Assert.Single(Parse(Nest("(func ", "(block ", "", ")", ")")).Functions);
        Assert.Single(Parse(Nest("(func ", "block $a ", "br $a", " end $a", ")")).Functions);
        Assert.Single(Parse(Nest("(func (drop ", "(i32.eqz ", "(i32.const 0)", ")", "))")).Functions);
        Assert.Single(Parse(Nest("(func ", "(if (i32.const 0) (then ", "", "))", ")")).Functions);
        Assert.Single(Parse(Nest("(func ", "(try (do ", "", ") (catch_all))", ")")).Functions);
        Assert.Single(Parse(Nest("", "(;", "", ";)", "(func)")).Functions);
        Assert.Single(Parse(Nest("(func)", "(@a ", "", ")", "")).Functions);
    }

    [Theory]
    [InlineData("(func ", "(block ")]
    [InlineData("(func ", "block ")]
    [InlineData("(func ", "(i32.eqz ")]
    [InlineData("", "(")]
    [InlineData("", "(;")]
    [InlineData("", "(@a ")]
    [InlineData("", "(@custom \"x\" (")]
    [InlineData("", ")")]
    [InlineData("", "\"")]
    [InlineData("(rec ", "(type (sub ")]
    public void Nesting_that_never_ends_is_an_error(string before, string open)
        => Assert.Throws<MalformedModuleException>(() => Parse(Nest(before, open, "", "", "")));

    [Fact]
    public void Branches_to_the_outermost_of_many_labels_take_no_longer()
    {
        var text = new StringBuilder("(func block $out ");
        for (int i = 0; i < Depth; i++) text.Append("block $").Append(i).Append(" br $out ");
        for (int i = 0; i < Depth; i++) text.Append("end ");
        Assert.Single(Parse(text.Append("end)").ToString()).Functions);
    }

    [Fact]
    public void A_million_locals_are_a_clear_error()
    {
        var text = new StringBuilder("(func ");
        for (int i = 0; i < 1_000_000; i++) text.Append("(local $l").Append(i).Append(" i32)");
        var error = Assert.Throws<MalformedModuleException>(() => Parse(text.Append(')').ToString()));
        Assert.StartsWith("too many locals: 1000000, where at most 50000 are supported", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Many_identifiers_are_found_in_one_step()
    {
        const int Count = 200_000;
        var text = new StringBuilder();
        for (int i = 0; i < Count; i++) text.Append("(func $f").Append(i).Append(" (call $f").Append(Count - 1 - i).Append("))\n");
        ModuleDefinition module = Parse(text.ToString());
        Assert.Equal(Count, module.Functions.Length);
        Assert.Equal(0x0B, module.Functions[0].Body.Bytes.Span[^1]);
    }

    [Fact]
    public void An_error_in_the_last_of_many_functions_is_found_once()
    {
        var text = new StringBuilder();
        for (int i = 0; i < Depth; i++) text.Append("(func (local $x i32) (local.set $x (i32.const 1)))\n");
        var error = Assert.Throws<MalformedModuleException>(() => Parse(text.Append("(func (local.get $x))").ToString()));
        Assert.Equal(new TextPosition(null, Depth + 1, 18), error.Position);
    }

    [Fact]
    public void A_literal_of_a_million_digits_is_read()
    {
        string digits = new('1', 1_000_000);
        ModuleDefinition module = Parse($"(func (drop (f64.const 0.{digits})) (drop (f32.const 0x0.{digits}p0)) (drop (f64.const 0x{digits}p-3999997)))");
        ReadOnlySpan<byte> code = module.Functions[0].Body.Bytes.Span;
        Assert.Equal(1 / 9.0, BitConverter.ToDouble(code[1..]));
        Assert.Equal(1 / 15f, BitConverter.ToSingle(code[11..]));
        Assert.Throws<MalformedModuleException>(() => Parse($"(func (drop (i64.const {digits})))"));
    }

    private static ModuleDefinition Parse(string text) => ModuleParser.Parse(text, features: WasmFeatures.All);

    private static string Nest(string before, string open, string inside, string close, string after)
    {
        var text = new StringBuilder(before);
        for (int i = 0; i < Depth; i++) text.Append(open);
        text.Append(inside);
        for (int i = 0; i < Depth; i++) text.Append(close);
        return text.Append(after).ToString();
    }
}
