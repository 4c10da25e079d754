using Nacre.Syntax;

namespace Nacre.Runtime;

/// <summary>How much room a call between host and guest needs: for its arguments, and then for its results in the same place.</summary>
internal readonly record struct FrameShape(int SlotCount, int ReferenceCount)
{
    /// <summary>The room that calls of this type need.</summary>
    public static FrameShape Of(FuncType type)
    {
        FrameShape parameters = Of(type.Parameters), results = Of(type.Results);
        return new FrameShape(
            Math.Max(parameters.SlotCount, results.SlotCount), Math.Max(parameters.ReferenceCount, results.ReferenceCount));
    }

    /// <summary>Slots that a value takes among the numbers.</summary>
    public static int SlotsOf(ValType type) => type.IsReference ? 0 : type.IsVector ? 2 : 1;

    private static FrameShape Of(ReadOnlySpan<ValType> types)
    {
        int slots = 0, references = 0;
        foreach (ValType type in types)
        {
            slots += SlotsOf(type);
            if (type.IsReference) references++;
        }
        return new FrameShape(slots, references);
    }
}

/// <summary>Writes values in order where a call expects them.</summary>
internal ref struct RawWriter(Span<ulong> slots, Span<object?> references)
{
    private Span<ulong> _slots = slots;
    private Span<object?> _references = references;

    /// <summary>Writes the next value, which is of <paramref name="type"/>.</summary>
    public void Write(ValType type, RawValue value)
    {
        if (type.IsReference)
        {
            _references[0] = value.Reference;
            _references = _references[1..];
            return;
        }
        _slots[0] = value.Low;
        if (type.IsVector) _slots[1] = value.High;
        _slots = _slots[FrameShape.SlotsOf(type)..];
    }
}

/// <summary>Reads values in order where a call left them.</summary>
internal ref struct RawReader(ReadOnlySpan<ulong> slots, ReadOnlySpan<object?> references)
{
    private ReadOnlySpan<ulong> _slots = slots;
    private ReadOnlySpan<object?> _references = references;

    /// <summary>Reads the next value, which is of <paramref name="type"/>.</summary>
    public RawValue Read(ValType type)
    {
        if (type.IsReference)
        {
            object? reference = _references[0];
            _references = _references[1..];
            return RawValue.Of(reference);
        }
        RawValue value = RawValue.Read(type, _slots[0], type.IsVector ? _slots[1] : 0);
        _slots = _slots[FrameShape.SlotsOf(type)..];
        return value;
    }
}
