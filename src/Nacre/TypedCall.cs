using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Nacre.Runtime;

namespace Nacre;

/// <summary>Room for the numbers of a typed call.</summary>
[InlineArray(TypedCall.SlotCount)]
internal struct SlotBuffer
{
    private ulong _first;
}

/// <summary>One call of a guest's function by .NET types: arguments are written in order, then it is invoked.</summary>
/// <remarks>
/// Safe because the slots are room for as many arguments as any typed call has, of whatever type: writing them needs no comparison with the
/// end.
/// </remarks>
internal ref struct TypedCall
{
    /// <summary>The largest number of parameters.</summary>
    public const int MaxParameterCount = 8;

    /// <summary>Slots that hold any arguments: vectors take two.</summary>
    public const int SlotCount = 2 * MaxParameterCount;

    private readonly FunctionInstance _function;
    private readonly ref ulong _slots;
    private readonly int _slotCount;
    private readonly object?[]? _references;
    private int _slot;
    private int _reference;

    /// <summary>Begins a call.</summary>
    /// <param name="function">What is called; it has at most <see cref="MaxParameterCount"/> parameters.</param>
    /// <param name="shape">The room that its arguments and results take.</param>
    /// <param name="slots">Room for any arguments.</param>
    public TypedCall(FunctionInstance function, FrameShape shape, [UnscopedRef] ref SlotBuffer slots)
    {
        _function = function;
        _slots = ref slots[0];
        _slotCount = shape.SlotCount;
        _references = shape.ReferenceCount == 0 ? null : _function.Store.RentReferences(shape.ReferenceCount);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Write<T>(T argument)
    {
        if (!typeof(T).IsPrimitive)
        {
            WriteOther(argument);
            return;
        }
        ref ulong slot = ref Unsafe.Add(ref _slots, _slot++);
        if (typeof(T) == typeof(int)) slot = (uint)(int)(object)argument!;
        else if (typeof(T) == typeof(uint)) slot = (uint)(object)argument!;
        else if (typeof(T) == typeof(bool)) slot = (bool)(object)argument! ? 1u : 0u;
        else if (typeof(T) == typeof(float)) slot = BitConverter.SingleToUInt32Bits((float)(object)argument!);
        else slot = Unsafe.BitCast<T, ulong>(argument);
    }

    // Vectors, and references, which are looked at.
    private void WriteOther<T>(T argument)
    {
        HostFrame frame = Frame(_slot, _reference);
        TypedValue.Write(ref frame, argument);
        if (typeof(T).IsValueType) _slot += 2;
        else _reference++;
    }

    private readonly HostFrame Frame(int slot, int reference) => new(
        _function.Store, caller: null, MemoryMarshal.CreateSpan(ref _slots, _slotCount)[slot..], _references.AsSpan(reference));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly T Invoke<T>()
    {
        if (!typeof(T).IsPrimitive) return InvokeOther<T>();
        Call();
        ReturnReferences();
        if (typeof(T) == typeof(int)) return (T)(object)(int)_slots;
        if (typeof(T) == typeof(uint)) return (T)(object)(uint)_slots;
        if (typeof(T) == typeof(bool)) return (T)(object)((uint)_slots != 0);
        if (typeof(T) == typeof(float)) return (T)(object)BitConverter.UInt32BitsToSingle((uint)_slots);
        return Unsafe.BitCast<ulong, T>(_slots);
    }

    // A vector, a reference, or nothing.
    private readonly T InvokeOther<T>()
    {
        Call();
        if (typeof(T) == typeof(Nothing))
        {
            ReturnReferences();
            return default!;
        }
        HostFrame frame = Frame(0, 0);
        T result = TypedValue.Read<T>(ref frame);
        ReturnReferences();
        return result;
    }

    private readonly void ReturnReferences()
    {
        if (_references is not null) _function.Store.ReturnReferences(_references);
    }

    private readonly void Call() => _function.Store.Invoke(_function, MemoryMarshal.CreateSpan(ref _slots, _slotCount), _references);
}
