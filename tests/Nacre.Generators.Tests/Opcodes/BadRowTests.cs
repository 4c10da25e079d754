using Microsoft.CodeAnalysis;

namespace Nacre.Generators.Tests.Opcodes;

/// <summary>A row that cannot be understood is an error on its line, and the other rows are still there.</summary>
public class BadRowTests
{
    private const string Nop = "0x01  nop  -  ->  -  core";

    [Theory]
    [InlineData("0x02  drop  -  *  -", "NACRE101")]
    [InlineData("0x02  drop  -  *  -  core  more", "NACRE101")]
    [InlineData("02  drop  -  *  -  core", "NACRE102")]
    [InlineData("0x2  drop  -  *  -  core", "NACRE102")]
    [InlineData("0xfc:1  drop  -  *  -  core", "NACRE102")]
    [InlineData("0x00:1  drop  -  *  -  core", "NACRE102")]
    [InlineData("0xFC:99999  drop  -  *  -  core", "NACRE102")]
    [InlineData("0x01  drop  -  *  -  core", "NACRE103")]
    [InlineData("0x00  drop  -  *  -  core", "NACRE103")]
    [InlineData("0x02  Drop  -  *  -  core", "NACRE104")]
    [InlineData("0x02  i32..add  -  *  -  core", "NACRE104")]
    [InlineData("0x02  nop  -  *  -  core", "NACRE105")]
    [InlineData("0x02  drop  thing  *  -  core", "NACRE106")]
    [InlineData("0x02  drop  memarg.3  *  -  core", "NACRE106")]
    [InlineData("0x02  drop  memarg  *  -  core", "NACRE106")]
    [InlineData("0x02  drop  label.4  *  -  core", "NACRE106")]
    [InlineData("0x02  drop  type type type  *  -  core", "NACRE106")]
    [InlineData("0x02  drop  s32 s32  *  -  core", "NACRE106")]
    [InlineData("0x02  drop  -  i32  -  core", "NACRE107")]
    [InlineData("0x02  drop  -  i32 -> i33  -  core", "NACRE107")]
    [InlineData("0x02  drop  -  i32 -> i32 -> i32  -  core", "NACRE107")]
    [InlineData("0x02  drop  -  *  missing  core", "NACRE108")]
    [InlineData("0x02  drop  -  *  -  missing", "NACRE109")]
    [InlineData("0x02  drop  -  *  -  core extra", "NACRE109")]
    public void A_bad_row_of_opcodes(string row, string id)
    {
        GeneratorDriverRunResult result = SpecDriver.Run($"# head\n{Nop}\n{row}\n0xFF  end  -  *  -  core\n");
        AssertSingle(result, id, "/x/spec/opcodes.txt", line: 2, row.Length);
        string opcodes = result.Source("Opcode");
        Assert.Contains("    Nop,", opcodes, StringComparison.Ordinal);
        Assert.Contains("    End,", opcodes, StringComparison.Ordinal);
        Assert.DoesNotContain("    Drop,", opcodes, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("broken  trap", "NACRE101")]
    [InlineData("Broken  trap  it broke", "NACRE104")]
    [InlineData("fine  trap  it broke too", "NACRE105")]
    [InlineData("broken  defect  it broke", "NACRE110")]
    public void A_bad_row_of_traps(string row, string id)
        => AssertSingle(SpecDriver.Run(Nop, traps: $"fine  trap  it is fine\n{row}"), id, "/x/spec/traps.txt", line: 1, row.Length);

    [Theory]
    [InlineData("extra  -", "NACRE101")]
    [InlineData("ex_tra  -  Something", "NACRE104")]
    [InlineData("core  -  Something", "NACRE104")]
    [InlineData("more  -  Something", "NACRE105")]
    [InlineData("extra  wasm9  Something", "NACRE111")]
    public void A_bad_row_of_features(string row, string id)
        => AssertSingle(SpecDriver.Run(Nop, features: $"more  -  Something more\n{row}"), id, "/x/spec/features.txt", line: 1, row.Length);

    [Fact]
    public void An_exhaustion_is_no_trap_of_an_instruction()
        => AssertSingle(SpecDriver.Run("0x01  nop  -  ->  fuel  core", traps: "fuel  exhaustion  fuel exhausted"), "NACRE108", "/x/spec/opcodes.txt", line: 0, length: 28);

    private static void AssertSingle(GeneratorDriverRunResult result, string id, string path, int line, int length)
    {
        Diagnostic diagnostic = Assert.Single(result.Diagnostics);
        Assert.Equal(id, diagnostic.Id);
        Assert.Equal(DiagnosticSeverity.Error, diagnostic.Severity);
        FileLinePositionSpan place = diagnostic.Location.GetLineSpan();
        Assert.Equal(path, place.Path);
        Assert.Equal((line, 0), (place.StartLinePosition.Line, place.StartLinePosition.Character));
        Assert.Equal((line, length), (place.EndLinePosition.Line, place.EndLinePosition.Character));
    }
}
