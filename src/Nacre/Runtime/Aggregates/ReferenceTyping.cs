using System.Runtime.CompilerServices;
using Nacre.Syntax;
using Nacre.Validation;

namespace Nacre.Runtime;

/// <summary>What can be asked of a reference at run time.</summary>
/// <remarks>
/// Spec: Execution, Values, Value Typing. Safe because the references are values of the hierarchy that the wanted type belongs to: validation
/// sees to that inside of guests, and <see cref="References"/> where the host hands something in.
/// </remarks>
internal static class ReferenceTyping
{
    /// <summary><c>ref.eq</c>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool AreEqual(object? left, object? right)
        => ReferenceEquals(left, right) || (left is I31Reference a && right is I31Reference b && a.Value == b.Value);

    /// <summary>Whether a reference belongs to a heap type of its own hierarchy; null does when <paramref name="nullPasses"/>.</summary>
    /// <param name="value">The reference.</param>
    /// <param name="heapType">The heap type, as a module spells it.</param>
    /// <param name="nullPasses">What to say of null.</param>
    /// <param name="types">The types of that module.</param>
    public static bool Matches(object? value, HeapType heapType, bool nullPasses, DefinedType[] types)
    {
        if (!heapType.IsDefined) return MatchesAbstract(value, heapType.Abstract, nullPasses);
        DefinedType wanted = types[heapType.Index];
        return wanted.Func is null ? MatchesAggregate(value, wanted, wanted.Depth, nullPasses) : MatchesFunction(value, wanted, nullPasses);
    }

    /// <summary>The same for abstract heap types.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool MatchesAbstract(object? value, AbstractHeapType heapType, bool nullPasses)
    {
        if (value is null) return nullPasses;
        return heapType switch
        {
            AbstractHeapType.Any or AbstractHeapType.Extern or AbstractHeapType.Func or AbstractHeapType.Exn => true,
            AbstractHeapType.Eq => Unsafe.As<AnyInstance>(value).Type is not null || value is I31Reference,
            AbstractHeapType.I31 => value is I31Reference,
            AbstractHeapType.Struct => Unsafe.As<AnyInstance>(value).Type is { Struct: not null },
            AbstractHeapType.Array => value is ArrayInstance,
            _ => false,
        };
    }

    /// <summary>The same for structure and array types, of which the <see cref="DefinedType.Depth"/> is known.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool MatchesAggregate(object? value, DefinedType wanted, int depth, bool nullPasses)
    {
        if (value is null) return nullPasses;
        DefinedType? type = Unsafe.As<AnyInstance>(value).Type;
        return ReferenceEquals(type, wanted) || (type is not null && type.HasAncestor(wanted, depth));
    }

    /// <summary>The same for structure and array types that have no subtypes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool MatchesFinal(object? value, DefinedType wanted, bool nullPasses)
        => value is null ? nullPasses : ReferenceEquals(Unsafe.As<AnyInstance>(value).Type, wanted);

    /// <summary>The same for function types.</summary>
    public static bool MatchesFunction(object? value, DefinedType wanted, bool nullPasses)
        => value is null ? nullPasses : Unsafe.As<FunctionInstance>(value).Type.IsSubtypeOf(wanted);
}
