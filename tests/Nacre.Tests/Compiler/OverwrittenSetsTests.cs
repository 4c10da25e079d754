using Nacre.Binary;
using Nacre.Compiler;
using Nacre.Syntax;
using Nacre.Tests.Support;

namespace Nacre.Tests.Compiler;

public class OverwrittenSetsTests
{
    [Fact]
    public void What_is_set_again_is_overwritten()
        => Assert.Equal([0, 1], Overwritten(code => code.I32(1).LocalSet(0).I32(2).LocalTee(0).LocalSet(1).LocalGet(1).LocalSet(0)));

    [Fact]
    public void A_set_of_another_local_overwrites_nothing()
        => Assert.Empty(Overwritten(code => code.I32(1).LocalSet(0).I32(2).LocalSet(1)));

    [Fact]
    public void What_is_set_before_a_block_stays()
        => Assert.Empty(Overwritten(code => code.I32(1).LocalSet(0).Block(block => block.I32(2).LocalSet(0)).I32(3).LocalSet(0)));

    [Fact]
    public void What_is_set_before_a_branch_stays()
        => Assert.Equal([1], Overwritten(code => code.I32(1).LocalSet(0).LocalGet(0).BrIf(0).I32(1).LocalSet(0).Op(Opcode.Nop).I32(2).LocalSet(0)));

    // The numbers of sets and tees that are overwritten, in the order in which they stand.
    private static IEnumerable<int> Overwritten(Action<CodeBuilder> body)
    {
        var code = new CodeBuilder();
        body(code);
        byte[] instructions = code.End();
        var sets = new List<int>();
        var reader = new InstructionReader(instructions, 100, WasmFeatures.All);
        while (reader.Read())
            if (reader.Opcode is Opcode.LocalSet or Opcode.LocalTee) sets.Add(reader.ByteOffset);
        return OverwrittenSets.In(instructions, 100).Select(offset => sets.IndexOf(offset)).Order();
    }
}
