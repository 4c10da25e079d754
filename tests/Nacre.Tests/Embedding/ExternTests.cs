using System.Runtime.Intrinsics;
using Nacre.Syntax;
using Nacre.Tests.Support;

namespace Nacre.Tests.Embedding;

public sealed class ExternTests : IDisposable
{
    private readonly Engine _engine = new();
    private readonly Store _store;

    public ExternTests() => _store = new Store(_engine);

    public void Dispose()
    {
        _store.Dispose();
        _engine.Dispose();
    }

    [Fact]
    public void A_global_holds_values_of_its_type()
    {
        var global = new Global(_store, new GlobalType(ValType.V128, IsMutable: true), Vector128.Create((byte)3));
        Assert.Equal(Vector128.Create((byte)3), global.Value.AsVector128());
        global.Value = Vector128<byte>.Zero;
        Assert.Equal(Vector128<byte>.Zero, global.Value.AsVector128());
        Assert.Throws<ArgumentException>(() => global.Value = 1);
        Assert.Throws<InvalidOperationException>(() => global.Value.AsInt32());
    }

    [Fact]
    public void An_immutable_global_cannot_be_set()
    {
        var global = new Global(_store, new GlobalType(ValType.F64, IsMutable: false), 2.5);
        Assert.Throws<InvalidOperationException>(() => global.Value = 3.5);
        Assert.Equal(2.5, global.Value);
    }

    [Fact]
    public void A_table_of_host_objects_is_read_written_and_grown()
    {
        var table = new Table(_store, new TableType(ValType.Externref, new Limits(1, 3)), Value.FromExtern("a"));
        Assert.True(table.TryGrow(1, Value.FromExtern("b")));
        Assert.False(table.TryGrow(2, Value.Null(ValType.Externref)));
        table[0] = Value.FromExtern("c");
        Assert.Equal(["c", "b"], [table[0].AsReference(), table[1].AsReference()]);
        Assert.Equal(TrapKind.TableOutOfBounds, Assert.Throws<TrapException>(() => table[2]).Kind);
        Assert.Equal(TrapKind.TableOutOfBounds, Assert.Throws<TrapException>(() => table[-1]).Kind);
        Assert.Throws<ArgumentException>(() => table[0] = 1);
    }

    [Fact]
    public void A_table_of_functions_takes_nothing_else()
    {
        var table = new Table(_store, new TableType(ValType.Funcref, new Limits(1)), Value.FromFunction(null));
        Assert.Throws<ArgumentException>(() => table[0] = Value.FromExtern("text"));
        var function = new Function(_store, new FuncType([], []), (ref _) => { });
        table[0] = function;
        Assert.Equal(function, table[0].AsReference());
    }

    [Fact]
    public void Numbers_in_memory_are_lowest_byte_first()
    {
        var memory = new Memory(_store, new MemoryType(new Limits(1)));
        memory.Write(4, 0x01020304);
        Assert.Equal<byte>([4, 3, 2, 1], memory.Slice(4, 4).ToArray());
        memory.Write(8, 1.5);
        Assert.Equal(1.5, memory.Read<double>(8));
        memory.Write(16, ulong.MaxValue);
        Assert.Equal(ushort.MaxValue, memory.Read<ushort>(22));
        Assert.Equal(TrapKind.MemoryOutOfBounds, Assert.Throws<TrapException>(() => memory.Write(65533, 1)).Kind);
        Assert.Equal(TrapKind.MemoryOutOfBounds, Assert.Throws<TrapException>(() => memory.Read<byte>(-1)).Kind);
    }

    [Fact]
    public void Text_in_memory_is_UTF8()
    {
        var memory = new Memory(_store, new MemoryType(new Limits(1)));
        Assert.Equal(5, memory.WriteUtf8(100, "aé€"[..2] + "ü"));
        Assert.Equal("aéü", memory.ReadUtf8(100, 5));
        Assert.Throws<TrapException>(() => memory.WriteUtf8(65535, "é"));
    }

    [Fact]
    public void Types_that_make_no_sense_are_refused()
    {
        Assert.Throws<ArgumentException>(() => new Memory(_store, new MemoryType(new Limits(2, 1))));
        Assert.Throws<ArgumentException>(() => new Memory(_store, new MemoryType(new Limits(1), PageSizeLog2: 200)));
        Assert.Throws<ArgumentException>(() => new Memory(_store, new MemoryType(new Limits(1), IsShared: true)));
        Assert.Throws<ArgumentException>(() => new Table(_store, new TableType(ValType.I32, new Limits(1)), 0));
        Assert.Throws<ArgumentException>(() => new Global(_store, new GlobalType(ValType.Ref(new HeapType(5, TypeSpace.Canonical)), false), 0));
        Assert.Throws<ArgumentException>(() => new Global(_store, new GlobalType(default, false), 0));
    }

    [Fact]
    public void Wrong_arguments_are_refused_before_anything_runs()
    {
        var function = new Function(_store, new FuncType([ValType.I32], []), (ref _) => Assert.Fail("ran"));
        Assert.Throws<ArgumentException>(() => function.Invoke());
        Assert.Throws<ArgumentException>(() => function.Invoke(1, 2));
        Assert.Throws<ArgumentException>(() => function.Invoke(1L));
        Assert.Throws<ArgumentException>(() => function.Invoke(Value.FromExtern(null)));
    }

    [Fact]
    public void An_item_of_another_store_is_not_linked()
    {
        using var other = new Store(_engine);
        Module module = _engine.Compile(new ModuleBuilder().Import("env", "memory", new MemoryType(new Limits(1))).Build());
        Linker linker = new Linker(_engine).Define("env", "memory", new Memory(other, new MemoryType(new Limits(1))));
        Assert.Throws<ArgumentException>(() => linker.Instantiate(_store, module));
    }

    [Fact]
    public void Values_are_equal_when_their_types_and_bits_are()
    {
        Assert.Equal<Value>(1, Value.FromInt32(1));
        Assert.NotEqual<Value>(1, 1L);
        Assert.NotEqual<Value>(0.0, -0.0);
        Assert.Equal<Value>(double.NaN, double.NaN);
        Assert.Equal("-7", Value.FromInt64(-7).ToString());
    }
}
