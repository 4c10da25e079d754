using Nacre.Syntax;
using Nacre.Tests.Support;

namespace Nacre.Tests.Embedding;

public enum Errno : ushort
{
    Success,
    TooLarge = 0x8001,
}

[HostModule("env")]
public sealed partial class Env(TextWriter output)
{
    [HostFunction("print")]
    public void Print(Caller caller, int byteOffset, int byteCount) => output.Write(caller.Memory.ReadUtf8(byteOffset, byteCount));

    [HostFunction("check")]
    public static Errno Check(Errno given, ulong size) => given == Errno.Success && size > uint.MaxValue ? Errno.TooLarge : given;

    [HostFunction("divide")]
    public static (int Quotient, int Remainder) Divide(int dividend, int divisor) => (dividend / divisor, dividend % divisor);

    [HostFunction("swap")]
    public static (object? First, Function? Second) Swap(Function? first, object? second) => (second, first);
}

public sealed class HostModuleTests : IDisposable
{
    private readonly StringWriter _output = new();

    public void Dispose() => _output.Dispose();

    [Theory, EachEngine]
    public void A_method_reads_the_callers_memory(EngineKind engine)
    {
        using Guest guest = Link(engine, new ModuleBuilder()
            .ImportFunc("env", "print", [ValType.I32, ValType.I32], [])
            .Memory(1)
            .ActiveData(3, "pearl"u8.ToArray())
            .Func("run", [], [], code => code.I32(3).I32(5).Call(0)));
        guest.Call("run");
        Assert.Equal("pearl", _output.ToString());
    }

    [Theory, EachEngine]
    public void Enumerations_travel_as_integers(EngineKind engine)
    {
        using Guest guest = Link(engine, new ModuleBuilder()
            .ImportFunc("env", "check", [ValType.I32, ValType.I64], [ValType.I32])
            .Func("run", [ValType.I32, ValType.I64], [ValType.I32], code => code.Locals(2).Call(0)));
        Assert.Equal(0x8001, guest.Call<int>("run", 0, 1L << 32));
        Assert.Equal(0x8001, guest.Call<int>("run", 0x8001, 0L));
    }

    [Theory, EachEngine]
    public void A_tuple_is_several_results(EngineKind engine)
    {
        using Guest guest = Link(engine, new ModuleBuilder()
            .ImportFunc("env", "divide", [ValType.I32, ValType.I32], [ValType.I32, ValType.I32])
            .Func("run", [ValType.I32, ValType.I32], [ValType.I32, ValType.I32], code => code.Locals(2).Call(0)));
        Assert.Equal([-3, -2], guest.Call("run", -17, 5));
    }

    [Theory, EachEngine]
    public void References_travel_as_they_are(EngineKind engine)
    {
        using Guest guest = Link(engine, new ModuleBuilder()
            .ImportFunc("env", "swap", [ValType.Funcref, ValType.Externref], [ValType.Externref, ValType.Funcref])
            .Func("run", [ValType.Funcref, ValType.Externref], [ValType.Externref, ValType.Funcref], code => code.Locals(2).Call(0)));
        Function function = guest.Instance.Function("run");
        Value[] results = guest.Call("run", function, Value.FromExtern(this));
        Assert.Same(this, results[0].AsReference());
        Assert.Equal(function, results[1].AsReference());
    }

    private Guest Link(EngineKind engine, ModuleBuilder module) => Guest.Of(engine, module, linker => linker.Define(new Env(_output)));
}
