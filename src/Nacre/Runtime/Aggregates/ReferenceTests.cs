using Nacre.Syntax;
using Nacre.Validation;

namespace Nacre.Runtime;

/// <summary>What can be asked of a reference at run time.</summary>
internal static class ReferenceTests
{
    /// <summary><c>ref.eq</c>.</summary>
    public static bool AreEqual(object? left, object? right)
        => ReferenceEquals(left, right) || (left is I31Reference a && right is I31Reference b && a.Value == b.Value);

    /// <summary>Whether a reference belongs to a heap type of its own hierarchy; null does when <paramref name="nullPasses"/>.</summary>
    /// <param name="value">The reference.</param>
    /// <param name="heapType">The heap type, as a module spells it.</param>
    /// <param name="nullPasses">What to say of null.</param>
    /// <param name="types">The types of that module.</param>
    /// <remarks>Spec: Execution, Values, Value Typing. Validation sees to it that the hierarchies agree.</remarks>
    public static bool Matches(object? value, HeapType heapType, bool nullPasses, DefinedType[] types)
    {
        if (value is null) return nullPasses;
        if (heapType.IsDefined) return TypeOf(value) is { } type && IsSubtype(type, types[heapType.Index]);
        return heapType.Abstract switch
        {
            AbstractHeapType.Any or AbstractHeapType.Extern or AbstractHeapType.Func or AbstractHeapType.Exn => true,
            AbstractHeapType.Eq => value is AggregateInstance or I31Reference,
            AbstractHeapType.I31 => value is I31Reference,
            AbstractHeapType.Struct => value is StructInstance,
            AbstractHeapType.Array => value is ArrayInstance,
            _ => false,
        };
    }

    private static bool IsSubtype(DefinedType type, DefinedType wanted) => type == wanted || type.IsSubtypeOf(wanted);

    private static DefinedType? TypeOf(object value) => value switch
    {
        AggregateInstance aggregate => aggregate.Type,
        FunctionInstance function => function.Type,
        _ => null,
    };
}
