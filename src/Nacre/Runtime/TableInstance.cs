using System.Runtime.CompilerServices;
using Nacre.Syntax;
using Nacre.Validation;

namespace Nacre.Runtime;

/// <summary>A table of references.</summary>
/// <remarks>Spec: Execution, Runtime Structure, Table Instances. Used by one thread at a time.</remarks>
internal sealed class TableInstance
{
    private readonly ResourceBudget _budget;
    private readonly ulong _maximumCount;

    /// <summary>Creates a table of the minimal size of its type.</summary>
    /// <exception cref="ExhaustionException">The store's limits do not allow that size.</exception>
    public TableInstance(ResourceBudget budget, TableType type, object? initial)
    {
        ulong count = type.Limits.Minimum;
        _budget = budget;
        _maximumCount = Math.Min(type.Limits.Maximum ?? ulong.MaxValue, (ulong)Array.MaxLength);
        Type = type;
        if (count > _maximumCount || !budget.TryTakeTable(count))
            throw ResourceBudget.Exhausted($"a table of {count} elements exceeds the limit of {budget.Limits.MaxTableElementCount} elements");

        Elements = count == 0 ? [] : new object?[count];
        Size = (uint)count;
        if (initial is not null) Array.Fill(Elements, initial);
    }

    /// <summary>The declared type, in canonical space.</summary>
    public TableType Type { get; }

    /// <summary>The elements, of which the first <see cref="Size"/> exist: there may be more room than elements. Replaced by growing.</summary>
    public object?[] Elements { get; private set; }

    /// <summary>Number of elements at this moment.</summary>
    public uint Size { get; private set; }

    /// <summary>The type with the present size as minimum, which is what imports are matched with.</summary>
    public TableType CurrentType => Type with { Limits = Type.Limits with { Minimum = Size } };

    /// <summary><c>table.get</c>.</summary>
    /// <exception cref="TrapException">There is no such element.</exception>
    public object? Get(ulong index)
    {
        if (index >= Size) Trap.Throw(TrapKind.TableOutOfBounds);
        return Elements[index];
    }

    /// <summary><c>table.set</c>.</summary>
    /// <exception cref="TrapException">There is no such element.</exception>
    public void Set(ulong index, object? value)
    {
        if (index >= Size) Trap.Throw(TrapKind.TableOutOfBounds);
        Elements[index] = value;
    }

    /// <summary>What <c>call_indirect</c> finds: the function at <paramref name="index"/>, if it has the type.</summary>
    /// <exception cref="TrapException">There is no such element, it is null, or it has another type.</exception>
    /// <remarks>Not inlined: its message takes a variable by address, and a handler of the interpreter with one makes no tail call.</remarks>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public FunctionInstance Callee(ulong index, DefinedType expected)
    {
        if (index >= Size) Trap.Throw(TrapKind.UndefinedElement);
        var function = (FunctionInstance?)Elements[index];
        if (function is null) throw new TrapException(TrapKind.UninitializedElement, $"{index}");
        if (!function.Type.IsSubtypeOf(expected)) Trap.Throw(TrapKind.IndirectCallTypeMismatch);
        return function;
    }

    /// <summary><c>table.grow</c>: adds elements that all hold <paramref name="value"/>.</summary>
    /// <returns>The number of elements before; −1 when the maximum or the store's limits do not allow more.</returns>
    /// <remarks>Spec: Execution, Modules, Growing tables.</remarks>
    public long Grow(ulong deltaCount, object? value)
    {
        int before = (int)Size;
        if (deltaCount > _maximumCount - Size || !_budget.TryTakeTable(deltaCount)) return -1;
        int after = before + (int)deltaCount;
        if (after > Elements.Length && !TryResize(after))
        {
            _budget.ReturnTable(deltaCount);
            return -1;
        }
        Size = (uint)after;
        if (value is not null) Elements.AsSpan(before, after - before).Fill(value);
        return before;
    }

    /// <summary><c>table.fill</c>.</summary>
    /// <exception cref="TrapException">The range is not all inside the table; nothing was written.</exception>
    public void Fill(ulong index, object? value, ulong count) => Slice(index, count).Fill(value);

    /// <summary><c>table.copy</c>; the ranges may overlap.</summary>
    /// <exception cref="TrapException">A range is not all inside its table; nothing was written.</exception>
    public static void Copy(TableInstance target, ulong targetIndex, TableInstance source, ulong sourceIndex, ulong count)
    {
        Span<object?> from = source.Slice(sourceIndex, count);
        from.CopyTo(target.Slice(targetIndex, count));
    }

    /// <summary><c>table.init</c>: copies part of an element segment.</summary>
    /// <exception cref="TrapException">A range is not all inside the segment or the table; nothing was written.</exception>
    public void Init(ulong index, ReadOnlySpan<object?> segment, ulong segmentIndex, ulong count)
    {
        if (segmentIndex > (ulong)segment.Length || count > (ulong)segment.Length - segmentIndex) Trap.Throw(TrapKind.TableOutOfBounds);
        segment.Slice((int)segmentIndex, (int)count).CopyTo(Slice(index, count));
    }

    private Span<object?> Slice(ulong index, ulong count)
    {
        if (index > Size || count > Size - index) Trap.Throw(TrapKind.TableOutOfBounds);
        return Elements.AsSpan((int)index, (int)count);
    }

    // Grows by half at least, so that growing one by one costs linear time, but never beyond what the type allows.
    private bool TryResize(int count)
    {
        long roomy = Math.Max(count, Elements.Length + (Elements.Length / 2L));
        object?[] elements = Elements;
        try
        {
            Array.Resize(ref elements, (int)Math.Min((ulong)roomy, _maximumCount));
        }
        catch (OutOfMemoryException)    // an array of this size was refused; the table is as it was
        {
            return false;
        }
        Elements = elements;
        return true;
    }
}
