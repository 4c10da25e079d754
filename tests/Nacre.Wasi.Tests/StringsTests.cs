using System.Text;
using Nacre.Tests.Support;

namespace Nacre.Wasi.Tests;

public sealed class StringsTests
{
    private const int PointersAddress = 16, BytesAddress = 100, MemoryEnd = 65536;

    [Theory, EachEngine]
    public void Arguments_lie_one_after_another_with_pointers_to_each(EngineKind engine)
    {
        using var guest = new WasiGuest(new WasiOptions { Arguments = ["app", "", "żółw 🐢"] }, engine);
        byte[] expected = Encoding.UTF8.GetBytes("app\0\0żółw 🐢\0");

        Assert.Equal(Errno.Success, guest.Call("args_sizes_get", 0, 4));
        Assert.Equal(3, guest.Memory.Read<int>(0));
        Assert.Equal(expected.Length, guest.Memory.Read<int>(4));

        Assert.Equal(Errno.Success, guest.Call("args_get", PointersAddress, BytesAddress));
        Assert.Equal(expected, guest.Memory.Slice(BytesAddress, expected.Length).ToArray());
        Assert.Equal(BytesAddress, guest.Memory.Read<int>(PointersAddress));
        Assert.Equal(BytesAddress + 4, guest.Memory.Read<int>(PointersAddress + 4));
        Assert.Equal(BytesAddress + 5, guest.Memory.Read<int>(PointersAddress + 8));
    }

    [Theory, EachEngine]
    public void Variables_are_names_and_values_in_the_given_order(EngineKind engine)
    {
        using var guest = new WasiGuest(new WasiOptions { Environment = [new("B", "2"), new("A", "x=y"), new("EMPTY", "")] }, engine);
        byte[] expected = Encoding.UTF8.GetBytes("B=2\0A=x=y\0EMPTY=\0");

        Assert.Equal(Errno.Success, guest.Call("environ_sizes_get", 0, 4));
        Assert.Equal(3, guest.Memory.Read<int>(0));
        Assert.Equal(Errno.Success, guest.Call("environ_get", PointersAddress, BytesAddress));
        Assert.Equal(expected, guest.Memory.Slice(BytesAddress, expected.Length).ToArray());
    }

    [Theory]
    [InlineData(MemoryEnd - 3, 0)]
    [InlineData(0, MemoryEnd - 3)]
    [InlineData(-4, 0)]
    public void Addresses_outside_the_memory_are_a_fault(int first, int second)
    {
        using var guest = new WasiGuest(new WasiOptions { Arguments = ["application"] });
        Assert.Equal(Errno.Fault, guest.Call("args_sizes_get", first, second));
        Assert.Equal(Errno.Fault, guest.Call("args_get", first, second));
    }

    [Fact]
    public void A_zero_character_cannot_be_given()
    {
        Assert.Throws<ArgumentException>(() => new WasiPreview1(new WasiOptions { Arguments = ["a\0b"] }));
        Assert.Throws<ArgumentException>(() => new WasiPreview1(new WasiOptions { Environment = [new("A", "\0")] }));
    }

    [Theory]
    [InlineData("")]
    [InlineData("A=B")]
    public void A_variable_needs_a_name_without_an_equals_sign(string name)
        => Assert.Throws<ArgumentException>(() => new WasiPreview1(new WasiOptions { Environment = [new(name, "value")] }));
}
