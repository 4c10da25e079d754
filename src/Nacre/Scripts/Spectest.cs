using Nacre.Syntax;

namespace Nacre.Scripts;

/// <summary>The host module <c>spectest</c> that the scripts of the official suite import from.</summary>
/// <remarks>What is printed goes nowhere.</remarks>
internal static class Spectest
{
    private const string Name = "spectest";

    /// <summary>Defines the module for <paramref name="store"/>.</summary>
    public static void Define(Linker linker, Store store)
    {
        Print(linker, "print");
        Print(linker, "print_i32", ValType.I32);
        Print(linker, "print_i64", ValType.I64);
        Print(linker, "print_f32", ValType.F32);
        Print(linker, "print_f64", ValType.F64);
        Print(linker, "print_i32_f32", ValType.I32, ValType.F32);
        Print(linker, "print_f64_f64", ValType.F64, ValType.F64);
        linker.Define(Name, "global_i32", new Global(store, new GlobalType(ValType.I32, IsMutable: false), 666));
        linker.Define(Name, "global_i64", new Global(store, new GlobalType(ValType.I64, IsMutable: false), 666L));
        linker.Define(Name, "global_f32", new Global(store, new GlobalType(ValType.F32, IsMutable: false), 666.6f));
        linker.Define(Name, "global_f64", new Global(store, new GlobalType(ValType.F64, IsMutable: false), 666.6));
        var sizes = new Limits(10, 20);
        linker.Define(Name, "table", new Table(store, new TableType(ValType.Funcref, sizes), Value.FromFunction(null)));
        linker.Define(Name, "table64", new Table(store, new TableType(ValType.Funcref, sizes, AddressType.I64), Value.FromFunction(null)));
        linker.Define(Name, "memory", new Memory(store, new MemoryType(new Limits(1, 2))));
        linker.Define(Name, "shared_memory", new Memory(store, new MemoryType(new Limits(1, 2), IsShared: true)));
    }

    private static void Print(Linker linker, string name, params ReadOnlySpan<ValType> parameters)
        => linker.Define(Name, name, new FuncType(parameters, []), (ref Runtime.HostFrame _) => { });
}
