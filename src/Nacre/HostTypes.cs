using Nacre.Runtime;
using Nacre.Syntax;
using Nacre.Validation;

namespace Nacre;

/// <summary>Checks the types that a host gives, which no validation has seen.</summary>
internal static class HostTypes
{
    public static StoreState StateOf(Store store)
    {
        ArgumentNullException.ThrowIfNull(store);
        return store.State;
    }

    /// <summary>Creates something in a store, which no other thread uses meanwhile.</summary>
    /// <exception cref="InvalidOperationException">Another thread uses the store.</exception>
    /// <exception cref="ObjectDisposedException">The store was disposed.</exception>
    public static T Create<T>(Store store, Func<StoreState, T> create)
    {
        StoreState state = StateOf(store);
        state.Enter();
        try
        {
            return create(state);
        }
        finally
        {
            state.Exit();
        }
    }

    /// <exception cref="ArgumentException">The type mentions types of a module.</exception>
    public static DefinedType Define(TypeRegistry types, FuncType type)
    {
        ArgumentNullException.ThrowIfNull(type);
        foreach (ValType parameter in type.Parameters) Check(parameter);
        foreach (ValType result in type.Results) Check(result);
        return types.Define(type);
    }

    public static GlobalType Check(GlobalType type)
    {
        ArgumentNullException.ThrowIfNull(type);
        Check(type.Value);
        return type;
    }

    public static TableType Check(TableType type)
    {
        ArgumentNullException.ThrowIfNull(type);
        Check(type.Element);
        if (!type.Element.IsReference) throw new ArgumentException($"Elements of a table are references, not {type.Element}.", nameof(type));
        Check(type.Limits);
        return type;
    }

    public static MemoryType Check(MemoryType type)
    {
        ArgumentNullException.ThrowIfNull(type);
        Check(type.Limits);
        if (type.PageSizeLog2 is not (0 or 16)) throw new ArgumentException("A page has 1 or 65536 bytes.", nameof(type));
        if (type.IsShared && type.Limits.Maximum is null) throw new ArgumentException("A shared memory has a maximum.", nameof(type));
        return type;
    }

    private static void Check(Limits limits)
    {
        if (limits.Maximum < limits.Minimum) throw new ArgumentException($"The minimum is greater than the maximum: {limits}.");
    }

    private static void Check(ValType type)
    {
        if (type.IsReference ? type.HeapType.IsDefined : !type.IsNumber && !type.IsVector)
            throw new ArgumentException($"{type} has no meaning outside of its module.");
    }
}
