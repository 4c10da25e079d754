using Nacre.Runtime;
using Nacre.Syntax;

namespace Nacre.Tests.Runtime;

public class RawValueTests
{
    [Fact]
    public void What_lies_above_a_32_bit_number_is_no_part_of_it()
    {
        Assert.Equal(RawValue.Number(7), RawValue.Read(ValType.I32, 0xFFFF_FFFF_0000_0007, high: 9));
        Assert.Equal(RawValue.Number(7), RawValue.Read(ValType.F32, 0xFFFF_FFFF_0000_0007, high: 9));
        Assert.Equal(RawValue.Number(ulong.MaxValue), RawValue.Read(ValType.I64, ulong.MaxValue, high: 9));
        Assert.Equal(new RawValue(1, 9, null), RawValue.Read(ValType.V128, 1, high: 9));
    }

    [Fact]
    public unsafe void A_global_is_read_by_its_type()
    {
        var global = new GlobalInstance(new CellArena(), new GlobalType(ValType.I32, IsMutable: true));
        global.Cell[0] = 0xABCD_0000_0001;
        Assert.Equal(RawValue.Number(1), global.Value);
    }
}
