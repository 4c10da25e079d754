using Nacre.Runtime;
using Nacre.Syntax;
using Nacre.Validation;

namespace Nacre;

/// <summary>References on their way between host and guest: a function instance inside is a <see cref="Function"/> outside.</summary>
/// <remarks>Running code trusts the types of references, so everything that the host hands in is checked here.</remarks>
internal static class References
{
    /// <summary>What the host sees.</summary>
    public static object? ToHost(object? reference) => reference is FunctionInstance function ? new Function(function) : reference;

    /// <summary>What the guest gets, as a reference of type <paramref name="type"/> in canonical space.</summary>
    /// <exception cref="ArgumentException">The reference is not of this type, or is a function of another store.</exception>
    public static object? ToGuest(object? reference, ValType type, StoreState store)
    {
        object? inside = reference is Function function && IsFunctionType(type, store) ? function.Instance : reference;
        Check(inside, type, store);
        return inside;
    }

    /// <summary>Checks a reference that is to be a value of <paramref name="type"/>.</summary>
    /// <exception cref="ArgumentException">It is none.</exception>
    public static void Check(object? inside, ValType type, StoreState store)
    {
        bool matches = inside is null ? type.IsNullable : store.Matching.TopOf(type.HeapType) switch
        {
            AbstractHeapType.Func => inside is FunctionInstance function && IsOf(function, type, store),
            AbstractHeapType.Exn => inside is ExceptionInstance && IsAbstract(inside, type),
            AbstractHeapType.Any when type.HeapType.IsDefined
                => inside is AggregateInstance aggregate && aggregate.Type.IsSubtypeOf(store.Types[type.HeapType]),
            _ => inside is not (FunctionInstance or ExceptionInstance) && IsAbstract(inside, type),
        };
        if (!matches) throw new ArgumentException($"{inside ?? "null"} is no value of type {type}.");
    }

    private static bool IsOf(FunctionInstance function, ValType type, StoreState store)
        => function.Store == store ? store.Matching.Matches(ValType.Ref(function.Type.HeapType), type) : throw Foreign();

    private static bool IsAbstract(object inside, ValType type) => ReferenceTests.Matches(inside, type.HeapType, nullPasses: false, types: []);

    private static bool IsFunctionType(ValType type, StoreState store) => store.Matching.TopOf(type.HeapType) == AbstractHeapType.Func;

    /// <summary>The error for a function that the guest must not get.</summary>
    public static ArgumentException Foreign() => new("The function belongs to another store.");
}
