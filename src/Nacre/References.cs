using Nacre.Runtime;
using Nacre.Syntax;
using Nacre.Validation;

namespace Nacre;

/// <summary>References on their way between host and guest: a function instance inside is a <see cref="Function"/> outside.</summary>
/// <remarks>Running code trusts the types of references, so everything that the host hands in is checked here.</remarks>
internal static class References
{
    /// <summary>What the host sees.</summary>
    public static object? ToHost(object? reference)
        => reference is FunctionInstance function ? new Function(function) : HostObject.Externalize(reference);

    /// <summary>What the guest gets, as a reference of type <paramref name="type"/> in canonical space.</summary>
    /// <exception cref="ArgumentException">The reference is not of this type, or is a function of another store.</exception>
    public static object? ToGuest(object? reference, ValType type, StoreState store)
        => Checked(reference is Function function && IsFunctionType(type, store) ? function.Instance : reference, type, store);

    /// <summary>The same for a reference of which function instances are inside already.</summary>
    /// <exception cref="ArgumentException">The reference is not of this type.</exception>
    public static object? Checked(object? reference, ValType type, StoreState store)
    {
        bool isInternal = reference is FunctionInstance or ExceptionInstance;
        if (type == ValType.Externref && !isInternal) return reference;
        AbstractHeapType top = store.Matching.TopOf(type.HeapType);
        object? inside = top == AbstractHeapType.Any && !isInternal ? HostObject.Internalize(reference) : reference;
        bool matches = inside is null ? type.IsNullable : top switch
        {
            AbstractHeapType.Func => inside is FunctionInstance function && IsOf(function, type, store),
            AbstractHeapType.Exn => inside is ExceptionInstance && IsAbstract(inside, type),
            AbstractHeapType.Any when type.HeapType.IsDefined
                => inside is AnyInstance { Type: { } itself } && itself.IsSubtypeOf(store.Types[type.HeapType]),
            _ => !isInternal && IsAbstract(inside, type),
        };
        return matches ? inside : throw new ArgumentException($"{reference ?? "null"} is no value of type {type}.");
    }

    private static bool IsOf(FunctionInstance function, ValType type, StoreState store)
        => function.Store == store ? store.Matching.Matches(ValType.Ref(function.Type.HeapType), type) : throw Foreign();

    private static bool IsAbstract(object inside, ValType type) => ReferenceTyping.MatchesAbstract(inside, type.HeapType.Abstract, nullPasses: false);

    private static bool IsFunctionType(ValType type, StoreState store) => store.Matching.TopOf(type.HeapType) == AbstractHeapType.Func;

    /// <summary>The error for a function that the guest must not get.</summary>
    public static ArgumentException Foreign() => new("The function belongs to another store.");
}
