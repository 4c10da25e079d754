using Nacre.Syntax;

namespace Nacre.Tests.Syntax;

public class TrapKindTests
{
    [Fact]
    public void The_rows_of_the_trap_family_are_the_members_of_TrapKind()
        => Assert.Equal(RowsOf("trap"), Enum.GetValues<TrapKind>().Select(kind => (kind.ToString(), kind.Text())));

    [Fact]
    public void The_rows_of_the_exhaustion_family_are_the_members_of_ExhaustionKind()
        => Assert.Equal(RowsOf("exhaustion"), Enum.GetValues<ExhaustionKind>().Select(kind => (kind.ToString(), kind.Text())));

    private static IEnumerable<(string Name, string Text)> RowsOf(string family) => SpecFile.Traps
        .Where(row => row[1] == family)
        .Select(row => (string.Concat(row[0].Split('-').Select(part => char.ToUpperInvariant(part[0]) + part[1..])), row[2]));
}
