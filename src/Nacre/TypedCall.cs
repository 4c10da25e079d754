using System.Runtime.CompilerServices;
using Nacre.Runtime;
using Nacre.Syntax;
using Nacre.Validation;

namespace Nacre;

/// <summary>A function whose type was compared with the .NET types it is called with.</summary>
internal readonly struct TypedTarget
{
    /// <exception cref="InvalidCastException">The function is of another type.</exception>
    public TypedTarget(Function function, FuncType wanted)
    {
        Matching matching = function.State.Matching;
        FuncType type = function.Type;
        if (!matching.Matches(wanted.Parameters, type.Parameters) || !matching.Matches(type.Results, wanted.Results))
            throw new InvalidCastException($"The function has the type {type}, but is asked for as {wanted}.");
        Instance = function.Instance;
        Shape = FrameShape.Of(type);
    }

    public FunctionInstance Instance { get; }

    public FrameShape Shape { get; }
}

/// <summary>Room for the references of a typed call.</summary>
[InlineArray(TypedCall.MaxParameterCount)]
internal struct ReferenceBuffer
{
    private object? _first;
}

/// <summary>One call of a guest's function by .NET types: arguments are written in order, then it is invoked.</summary>
internal ref struct TypedCall
{
    /// <summary>The largest number of parameters.</summary>
    public const int MaxParameterCount = 8;

    /// <summary>Slots that hold any arguments: vectors take two.</summary>
    public const int SlotCount = 2 * MaxParameterCount;

    private readonly FunctionInstance _function;
    private readonly Span<ulong> _slots;
    private readonly Span<object?> _references;
    private HostFrame _frame;

    public TypedCall(in TypedTarget target, Span<ulong> slots, Span<object?> references)
    {
        _function = target.Instance;
        _slots = slots[..target.Shape.SlotCount];
        _references = references[..target.Shape.ReferenceCount];
        _frame = new HostFrame(_function.Store, caller: null, _slots, _references);
    }

    public void Write<T>(T argument) => TypedValue.Write(ref _frame, argument);

    public void Invoke() => _function.Store.Invoke(_function, _slots, _references);

    public T Invoke<T>()
    {
        Invoke();
        _frame.BeginResults();
        return TypedValue.Read<T>(ref _frame);
    }
}
