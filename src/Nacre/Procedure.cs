using System.Runtime.CompilerServices;

namespace Nacre;

// One class for each number of parameters: C# has no other way to say it without boxing.

/// <summary>A function with no parameters and no result, called without boxing or allocating.</summary>
/// <remarks>Type arguments stand for value types as in <see cref="HostFunctionAttribute"/>.</remarks>
public sealed class Procedure
{
    private readonly TypedTarget _target;

    internal Procedure(Function function) => _target = new TypedTarget(function, new SignatureBuilder().NoResult());

    /// <summary>Calls the function.</summary>
    /// <inheritdoc cref="Nacre.Function.Invoke(ReadOnlySpan{Value})" path="/exception"/>
    [SkipLocalsInit]
    public void Invoke()
    {
        Unsafe.SkipInit(out SlotBuffer slots);
        var call = new TypedCall(in _target, ref slots);
        call.Invoke();
    }
}

/// <summary>A function with one parameter and no result, called without boxing or allocating.</summary>
/// <remarks>Type arguments stand for value types as in <see cref="HostFunctionAttribute"/>.</remarks>
public sealed class Procedure<T1>
{
    private readonly TypedTarget _target;

    internal Procedure(Function function) => _target = new TypedTarget(function, new SignatureBuilder().Parameter<T1>().NoResult());

    /// <summary>Calls the function.</summary>
    /// <inheritdoc cref="Nacre.Function.Invoke(ReadOnlySpan{Value})" path="/exception"/>
    [SkipLocalsInit]
    public void Invoke(T1 argument1)
    {
        Unsafe.SkipInit(out SlotBuffer slots);
        var call = new TypedCall(in _target, ref slots);
        call.Write(argument1);
        call.Invoke();
    }
}

/// <summary>A function with two parameters and no result, called without boxing or allocating.</summary>
/// <remarks>Type arguments stand for value types as in <see cref="HostFunctionAttribute"/>.</remarks>
public sealed class Procedure<T1, T2>
{
    private readonly TypedTarget _target;

    internal Procedure(Function function) => _target = new TypedTarget(function, new SignatureBuilder().Parameter<T1>().Parameter<T2>().NoResult());

    /// <summary>Calls the function.</summary>
    /// <inheritdoc cref="Nacre.Function.Invoke(ReadOnlySpan{Value})" path="/exception"/>
    [SkipLocalsInit]
    public void Invoke(T1 argument1, T2 argument2)
    {
        Unsafe.SkipInit(out SlotBuffer slots);
        var call = new TypedCall(in _target, ref slots);
        call.Write(argument1);
        call.Write(argument2);
        call.Invoke();
    }
}

/// <summary>A function with three parameters and no result, called without boxing or allocating.</summary>
/// <remarks>Type arguments stand for value types as in <see cref="HostFunctionAttribute"/>.</remarks>
public sealed class Procedure<T1, T2, T3>
{
    private readonly TypedTarget _target;

    internal Procedure(Function function) => _target = new TypedTarget(
        function, new SignatureBuilder().Parameter<T1>().Parameter<T2>().Parameter<T3>().NoResult());

    /// <summary>Calls the function.</summary>
    /// <inheritdoc cref="Nacre.Function.Invoke(ReadOnlySpan{Value})" path="/exception"/>
    [SkipLocalsInit]
    public void Invoke(T1 argument1, T2 argument2, T3 argument3)
    {
        Unsafe.SkipInit(out SlotBuffer slots);
        var call = new TypedCall(in _target, ref slots);
        call.Write(argument1);
        call.Write(argument2);
        call.Write(argument3);
        call.Invoke();
    }
}

/// <summary>A function with four parameters and no result, called without boxing or allocating.</summary>
/// <remarks>Type arguments stand for value types as in <see cref="HostFunctionAttribute"/>.</remarks>
public sealed class Procedure<T1, T2, T3, T4>
{
    private readonly TypedTarget _target;

    internal Procedure(Function function) => _target = new TypedTarget(
        function, new SignatureBuilder().Parameter<T1>().Parameter<T2>().Parameter<T3>().Parameter<T4>().NoResult());

    /// <summary>Calls the function.</summary>
    /// <inheritdoc cref="Nacre.Function.Invoke(ReadOnlySpan{Value})" path="/exception"/>
    [SkipLocalsInit]
    public void Invoke(T1 argument1, T2 argument2, T3 argument3, T4 argument4)
    {
        Unsafe.SkipInit(out SlotBuffer slots);
        var call = new TypedCall(in _target, ref slots);
        call.Write(argument1);
        call.Write(argument2);
        call.Write(argument3);
        call.Write(argument4);
        call.Invoke();
    }
}

/// <summary>A function with five parameters and no result, called without boxing or allocating.</summary>
/// <remarks>Type arguments stand for value types as in <see cref="HostFunctionAttribute"/>.</remarks>
public sealed class Procedure<T1, T2, T3, T4, T5>
{
    private readonly TypedTarget _target;

    internal Procedure(Function function) => _target = new TypedTarget(
        function, new SignatureBuilder().Parameter<T1>().Parameter<T2>().Parameter<T3>().Parameter<T4>().Parameter<T5>().NoResult());

    /// <summary>Calls the function.</summary>
    /// <inheritdoc cref="Nacre.Function.Invoke(ReadOnlySpan{Value})" path="/exception"/>
    [SkipLocalsInit]
    public void Invoke(T1 argument1, T2 argument2, T3 argument3, T4 argument4, T5 argument5)
    {
        Unsafe.SkipInit(out SlotBuffer slots);
        var call = new TypedCall(in _target, ref slots);
        call.Write(argument1);
        call.Write(argument2);
        call.Write(argument3);
        call.Write(argument4);
        call.Write(argument5);
        call.Invoke();
    }
}

/// <summary>A function with six parameters and no result, called without boxing or allocating.</summary>
/// <remarks>Type arguments stand for value types as in <see cref="HostFunctionAttribute"/>.</remarks>
public sealed class Procedure<T1, T2, T3, T4, T5, T6>
{
    private readonly TypedTarget _target;

    internal Procedure(Function function) => _target = new TypedTarget(
        function, new SignatureBuilder().Parameter<T1>().Parameter<T2>().Parameter<T3>().Parameter<T4>().Parameter<T5>().Parameter<T6>().NoResult());

    /// <summary>Calls the function.</summary>
    /// <inheritdoc cref="Nacre.Function.Invoke(ReadOnlySpan{Value})" path="/exception"/>
    [SkipLocalsInit]
    public void Invoke(T1 argument1, T2 argument2, T3 argument3, T4 argument4, T5 argument5, T6 argument6)
    {
        Unsafe.SkipInit(out SlotBuffer slots);
        var call = new TypedCall(in _target, ref slots);
        call.Write(argument1);
        call.Write(argument2);
        call.Write(argument3);
        call.Write(argument4);
        call.Write(argument5);
        call.Write(argument6);
        call.Invoke();
    }
}

/// <summary>A function with seven parameters and no result, called without boxing or allocating.</summary>
/// <remarks>Type arguments stand for value types as in <see cref="HostFunctionAttribute"/>.</remarks>
public sealed class Procedure<T1, T2, T3, T4, T5, T6, T7>
{
    private readonly TypedTarget _target;

    internal Procedure(Function function) => _target = new TypedTarget(
        function, new SignatureBuilder().Parameter<T1>().Parameter<T2>().Parameter<T3>().Parameter<T4>().Parameter<T5>().Parameter<T6>().Parameter<T7>().NoResult());

    /// <summary>Calls the function.</summary>
    /// <inheritdoc cref="Nacre.Function.Invoke(ReadOnlySpan{Value})" path="/exception"/>
    [SkipLocalsInit]
    public void Invoke(T1 argument1, T2 argument2, T3 argument3, T4 argument4, T5 argument5, T6 argument6, T7 argument7)
    {
        Unsafe.SkipInit(out SlotBuffer slots);
        var call = new TypedCall(in _target, ref slots);
        call.Write(argument1);
        call.Write(argument2);
        call.Write(argument3);
        call.Write(argument4);
        call.Write(argument5);
        call.Write(argument6);
        call.Write(argument7);
        call.Invoke();
    }
}

/// <summary>A function with eight parameters and no result, called without boxing or allocating.</summary>
/// <remarks>Type arguments stand for value types as in <see cref="HostFunctionAttribute"/>.</remarks>
public sealed class Procedure<T1, T2, T3, T4, T5, T6, T7, T8>
{
    private readonly TypedTarget _target;

    internal Procedure(Function function) => _target = new TypedTarget(
        function, new SignatureBuilder().Parameter<T1>().Parameter<T2>().Parameter<T3>().Parameter<T4>().Parameter<T5>().Parameter<T6>().Parameter<T7>().Parameter<T8>().NoResult());

    /// <summary>Calls the function.</summary>
    /// <inheritdoc cref="Nacre.Function.Invoke(ReadOnlySpan{Value})" path="/exception"/>
    [SkipLocalsInit]
    public void Invoke(T1 argument1, T2 argument2, T3 argument3, T4 argument4, T5 argument5, T6 argument6, T7 argument7, T8 argument8)
    {
        Unsafe.SkipInit(out SlotBuffer slots);
        var call = new TypedCall(in _target, ref slots);
        call.Write(argument1);
        call.Write(argument2);
        call.Write(argument3);
        call.Write(argument4);
        call.Write(argument5);
        call.Write(argument6);
        call.Write(argument7);
        call.Write(argument8);
        call.Invoke();
    }
}
