using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Nacre.Syntax;

namespace Nacre.Tests.Syntax;

/// <summary>Each column of <c>spec/opcodes.txt</c> is what the look-ups answer.</summary>
public class OpcodeInfoTests
{
    public static TheoryData<int> Rows => [.. Enumerable.Range(0, SpecFile.Opcodes.Count)];

    [Fact]
    public void The_list_has_as_many_rows_as_there_are_opcodes()
    {
        Assert.Equal(575, SpecFile.Opcodes.Count);
        Assert.Equal(OpcodeInfo.Count, SpecFile.Opcodes.Count);
        Assert.Equal(OpcodeInfo.Count, Enum.GetValues<Opcode>().Length);
    }

    [Theory, MemberData(nameof(Rows))]
    public void The_code_column_leads_to_the_opcode_and_back(int row)
    {
        var opcode = (Opcode)row;
        string[] parts = SpecFile.Opcodes[row][0].Split(':');
        byte first = byte.Parse(parts[0][2..], NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        if (parts.Length == 1)
        {
            Assert.Equal((0, first), (OpcodeInfo.Prefix(opcode), (byte)OpcodeInfo.Code(opcode)));
            Assert.True(OpcodeInfo.TryFromByte(first, out Opcode found));
            Assert.Equal(opcode, found);
        }
        else
        {
            uint number = uint.Parse(parts[1], CultureInfo.InvariantCulture);
            Assert.Equal((first, number), (OpcodeInfo.Prefix(opcode), OpcodeInfo.Code(opcode)));
            Assert.True(OpcodeInfo.TryFromPrefixed(first, number, out Opcode found));
            Assert.Equal(opcode, found);
            Assert.False(OpcodeInfo.TryFromByte(first, out _));
        }
    }

    [Theory, MemberData(nameof(Rows))]
    public void The_mnemonic_column_names_the_opcode(int row)
    {
        string[] spelling = SpecFile.Opcodes[row][1].Split('/');
        string name = string.Concat(SpecFile.Opcodes[row][1].Split('.', '_', '/').Select(part => char.ToUpperInvariant(part[0]) + part[1..]));
        Assert.Equal(name, ((Opcode)row).ToString());
        Assert.Equal(spelling[0], OpcodeInfo.Mnemonic((Opcode)row));
        Assert.Equal(spelling[0], Encoding.ASCII.GetString(OpcodeInfo.MnemonicUtf8((Opcode)row)));

        Assert.True(OpcodeInfo.TryFromMnemonic(spelling[0], out Opcode byText));
        Assert.True(OpcodeInfo.TryFromMnemonic(Encoding.ASCII.GetBytes(spelling[0]), out Opcode byBytes));
        Assert.Equal(byText, byBytes);
        if (spelling.Length == 1) Assert.Equal((Opcode)row, byText);
        else Assert.Equal(spelling[0], OpcodeInfo.Mnemonic(byText));
    }

    [Theory, MemberData(nameof(Rows))]
    public void The_immediates_column_is_the_shape(int row)
    {
        string column = SpecFile.Opcodes[row][2];
        string name = column == "-" ? "None" : string.Concat(column.Split('.', ' ').Select(part => char.ToUpperInvariant(part[0]) + part[1..]));
        Assert.Equal(name, OpcodeInfo.Shape((Opcode)row).ToString());
        Assert.Equal(NumberAfter("memarg"), OpcodeInfo.NaturalAlignment((Opcode)row));
        Assert.Equal(NumberAfter("lane"), OpcodeInfo.LaneCount((Opcode)row));

        int NumberAfter(string kind)
            => Regex.Match(column, $@"\b{kind}\.(\d+)") is { Success: true } match ? int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture) : 0;
    }

    [Theory, MemberData(nameof(Rows))]
    public void The_signature_column_is_operands_and_results(int row)
    {
        string column = SpecFile.Opcodes[row][3];
        Assert.Equal(column != "*", OpcodeInfo.HasFixedSignature((Opcode)row));
        string expected = column == "*" ? "->" : column;
        string actual = $"{Spell(OpcodeInfo.Operands((Opcode)row))} -> {Spell(OpcodeInfo.Results((Opcode)row))}".Trim();
        Assert.Equal(expected, actual);

        static string Spell(ReadOnlySpan<OperandType> types)
            => string.Join(' ', types.ToArray().Select(type => type == OperandType.Address ? "addr" : SpellReference(type.ToValType(AddressType.I32))));
        static string SpellReference(ValType type) => type.ToString();
    }

    [Theory, MemberData(nameof(Rows))]
    public void The_traps_column_is_the_kinds_in_order(int row)
    {
        IEnumerable<string> expected = SpecFile.Words(SpecFile.Opcodes[row][4])
            .Select(trap => SpecFile.Traps.Single(kind => kind[0] == trap)[2]);
        Assert.Equal(expected, OpcodeInfo.Traps((Opcode)row).ToArray().Select(kind => kind.Text()));
    }

    [Theory, MemberData(nameof(Rows))]
    public void The_feature_column_is_every_feature_needed(int row)
    {
        IEnumerable<string> expected = SpecFile.Opcodes[row][5].Split(' ').OrderBy(name => name, StringComparer.Ordinal);
        IEnumerable<string> actual = OpcodeInfo.Feature((Opcode)row).Names().Split(' ').OrderBy(name => name, StringComparer.Ordinal);
        Assert.Equal(expected, actual);
    }

    [Theory]
    [InlineData("")]
    [InlineData("i32.ad")]
    [InlineData("i32.addd")]
    [InlineData("I32.ADD")]
    [InlineData("get_local")]
    [InlineData("ref.test/null")]
    [InlineData("i32.ądd")]
    public void A_spelling_that_is_no_instruction_is_not_found(string mnemonic)
    {
        Assert.False(OpcodeInfo.TryFromMnemonic(mnemonic, out _));
        Assert.False(OpcodeInfo.TryFromMnemonic(Encoding.UTF8.GetBytes(mnemonic), out _));
    }

    [Fact]
    public void A_spelling_with_two_codes_leads_to_the_first()
    {
        foreach ((string mnemonic, Opcode first) in new[] { ("select", Opcode.Select), ("ref.test", Opcode.RefTest), ("ref.cast", Opcode.RefCast) })
        {
            Assert.True(OpcodeInfo.TryFromMnemonic(mnemonic, out Opcode found));
            Assert.Equal(first, found);
        }
        Assert.Equal("select", OpcodeInfo.Mnemonic(Opcode.SelectT));
        Assert.Equal("ref.cast", OpcodeInfo.Mnemonic(Opcode.RefCastNull));
    }

    [Fact]
    public void Codes_that_no_row_has_are_not_found()
    {
        int byBytes = Enumerable.Range(0, 256).Count(code => OpcodeInfo.TryFromByte((byte)code, out _));
        int byNumbers = new byte[] { 0xFB, 0xFC, 0xFD, 0xFE, 0xFF, 0x00 }
            .Sum(prefix => Enumerable.Range(0, 2000).Count(code => OpcodeInfo.TryFromPrefixed(prefix, (uint)code, out _)));
        Assert.Equal(OpcodeInfo.Count, byBytes + byNumbers);
        Assert.False(OpcodeInfo.TryFromPrefixed(0xFD, uint.MaxValue, out _));
    }

    [Fact]
    public void Addresses_take_the_type_of_the_memory()
    {
        Assert.Equal(ValType.I32, OperandType.Address.ToValType(AddressType.I32));
        Assert.Equal(ValType.I64, OperandType.Address.ToValType(AddressType.I64));
    }

    [Fact]
    public void The_tables_lie_in_the_assembly_so_that_nothing_runs_at_start()
        => Assert.Null(typeof(OpcodeInfo).TypeInitializer);
}
