using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Nacre.Runtime;

/// <summary>The body of a host function. It reads its arguments from <paramref name="frame"/> in order, then writes its results in order.</summary>
/// <exception cref="TrapException">The host function stops the guest.</exception>
public delegate void HostFunctionBody(ref HostFrame frame);

/// <summary>Arguments and results of one call between host and guest, read and written in order and without boxing.</summary>
/// <remarks>
/// Numbers travel in 64-bit slots (a <c>v128</c> takes two), references lie beside them. The caller provides at least as many
/// slots as parameters and as many as results; reading or writing more than it provided throws <see cref="IndexOutOfRangeException"/>.
/// Spec: Execution, Instructions, Function Calls (host functions).
/// </remarks>
public ref struct HostFrame
{
    private readonly Span<ulong> _slots;
    private readonly Span<object?> _references;
    private int _slot;
    private int _reference;

    internal HostFrame(StoreState store, ModuleInstance? caller, Span<ulong> slots, Span<object?> references)
    {
        Store = store;
        CallerInstance = caller;
        _slots = slots;
        _references = references;
    }

    /// <summary>The store in which the call happens.</summary>
    internal StoreState Store { get; }

    /// <summary>The instance whose code made the call; null when the host called.</summary>
    internal ModuleInstance? CallerInstance { get; }

    /// <summary>The next argument, as <c>i32</c>.</summary>
    public int NextInt32() => (int)_slots[_slot++];

    /// <summary>The next argument, as <c>i64</c>.</summary>
    public long NextInt64() => (long)_slots[_slot++];

    /// <summary>The next argument, as <c>f32</c>.</summary>
    public float NextSingle() => BitConverter.UInt32BitsToSingle((uint)_slots[_slot++]);

    /// <summary>The next argument, as <c>f64</c>.</summary>
    public double NextDouble() => BitConverter.UInt64BitsToDouble(_slots[_slot++]);

    /// <summary>The next argument, as <c>v128</c>.</summary>
    public Vector128<byte> NextVector128()
    {
        var value = Vector128.Create(_slots[_slot], _slots[_slot + 1]);
        _slot += 2;
        return value.AsByte();
    }

    /// <summary>The next argument, as a reference; null is the null reference.</summary>
    public object? NextReference() => HostObject.Externalize(_references[_reference++]);

    /// <summary>Argument or result number <paramref name="index"/> among the references.</summary>
    internal readonly ref object? ReferenceAt(int index) => ref _references[index];

    /// <summary>Ends the reading of arguments: what is written next is the first result.</summary>
    public void BeginResults() => (_slot, _reference) = (0, 0);

    /// <summary>Writes the next result, an <c>i32</c>.</summary>
    public void Return(int value) => _slots[_slot++] = (uint)value;

    /// <summary>Writes the next result, an <c>i64</c>.</summary>
    public void Return(long value) => _slots[_slot++] = (ulong)value;

    /// <summary>Writes the next result, an <c>f32</c>.</summary>
    public void Return(float value) => _slots[_slot++] = BitConverter.SingleToUInt32Bits(value);

    /// <summary>Writes the next result, an <c>f64</c>.</summary>
    public void Return(double value) => _slots[_slot++] = BitConverter.DoubleToUInt64Bits(value);

    /// <summary>Writes the next result, a <c>v128</c>.</summary>
    public void Return(Vector128<byte> value)
    {
        _slots[_slot++] = value.AsUInt64()[0];
        _slots[_slot++] = value.AsUInt64()[1];
    }

    /// <summary>Writes the next result, a reference.</summary>
    public void ReturnReference(object? value) => _references[_reference++] = value;
}
