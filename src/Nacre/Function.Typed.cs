using System.Runtime.CompilerServices;

namespace Nacre;

// One class for each number of parameters: C# has no other way to say it without boxing.

/// <summary>A function with no parameters and one result, called without boxing or allocating.</summary>
/// <remarks>Type arguments stand for value types as in <see cref="HostFunctionAttribute"/>.</remarks>
public sealed class Function<TResult>
{
    private readonly TypedTarget _target;

    internal Function(Function function) => _target = new TypedTarget(function, new SignatureBuilder().Result<TResult>());

    /// <summary>Calls the function.</summary>
    /// <inheritdoc cref="Nacre.Function.Invoke(ReadOnlySpan{Value})" path="/exception"/>
    [SkipLocalsInit]
    public TResult Invoke()
    {
        Unsafe.SkipInit(out SlotBuffer slots);
        var call = new TypedCall(in _target, ref slots);
        return call.Invoke<TResult>();
    }
}

/// <summary>A function with one parameter and one result, called without boxing or allocating.</summary>
/// <remarks>Type arguments stand for value types as in <see cref="HostFunctionAttribute"/>.</remarks>
public sealed class Function<T1, TResult>
{
    private readonly TypedTarget _target;

    internal Function(Function function) => _target = new TypedTarget(function, new SignatureBuilder().Parameter<T1>().Result<TResult>());

    /// <summary>Calls the function.</summary>
    /// <inheritdoc cref="Nacre.Function.Invoke(ReadOnlySpan{Value})" path="/exception"/>
    [SkipLocalsInit]
    public TResult Invoke(T1 argument1)
    {
        Unsafe.SkipInit(out SlotBuffer slots);
        var call = new TypedCall(in _target, ref slots);
        call.Write(argument1);
        return call.Invoke<TResult>();
    }
}

/// <summary>A function with two parameters and one result, called without boxing or allocating.</summary>
/// <remarks>Type arguments stand for value types as in <see cref="HostFunctionAttribute"/>.</remarks>
public sealed class Function<T1, T2, TResult>
{
    private readonly TypedTarget _target;

    internal Function(Function function) => _target = new TypedTarget(
        function, new SignatureBuilder().Parameter<T1>().Parameter<T2>().Result<TResult>());

    /// <summary>Calls the function.</summary>
    /// <inheritdoc cref="Nacre.Function.Invoke(ReadOnlySpan{Value})" path="/exception"/>
    [SkipLocalsInit]
    public TResult Invoke(T1 argument1, T2 argument2)
    {
        Unsafe.SkipInit(out SlotBuffer slots);
        var call = new TypedCall(in _target, ref slots);
        call.Write(argument1);
        call.Write(argument2);
        return call.Invoke<TResult>();
    }
}

/// <summary>A function with three parameters and one result, called without boxing or allocating.</summary>
/// <remarks>Type arguments stand for value types as in <see cref="HostFunctionAttribute"/>.</remarks>
public sealed class Function<T1, T2, T3, TResult>
{
    private readonly TypedTarget _target;

    internal Function(Function function) => _target = new TypedTarget(
        function, new SignatureBuilder().Parameter<T1>().Parameter<T2>().Parameter<T3>().Result<TResult>());

    /// <summary>Calls the function.</summary>
    /// <inheritdoc cref="Nacre.Function.Invoke(ReadOnlySpan{Value})" path="/exception"/>
    [SkipLocalsInit]
    public TResult Invoke(T1 argument1, T2 argument2, T3 argument3)
    {
        Unsafe.SkipInit(out SlotBuffer slots);
        var call = new TypedCall(in _target, ref slots);
        call.Write(argument1);
        call.Write(argument2);
        call.Write(argument3);
        return call.Invoke<TResult>();
    }
}

/// <summary>A function with four parameters and one result, called without boxing or allocating.</summary>
/// <remarks>Type arguments stand for value types as in <see cref="HostFunctionAttribute"/>.</remarks>
public sealed class Function<T1, T2, T3, T4, TResult>
{
    private readonly TypedTarget _target;

    internal Function(Function function) => _target = new TypedTarget(
        function, new SignatureBuilder().Parameter<T1>().Parameter<T2>().Parameter<T3>().Parameter<T4>().Result<TResult>());

    /// <summary>Calls the function.</summary>
    /// <inheritdoc cref="Nacre.Function.Invoke(ReadOnlySpan{Value})" path="/exception"/>
    [SkipLocalsInit]
    public TResult Invoke(T1 argument1, T2 argument2, T3 argument3, T4 argument4)
    {
        Unsafe.SkipInit(out SlotBuffer slots);
        var call = new TypedCall(in _target, ref slots);
        call.Write(argument1);
        call.Write(argument2);
        call.Write(argument3);
        call.Write(argument4);
        return call.Invoke<TResult>();
    }
}

/// <summary>A function with five parameters and one result, called without boxing or allocating.</summary>
/// <remarks>Type arguments stand for value types as in <see cref="HostFunctionAttribute"/>.</remarks>
public sealed class Function<T1, T2, T3, T4, T5, TResult>
{
    private readonly TypedTarget _target;

    internal Function(Function function) => _target = new TypedTarget(
        function, new SignatureBuilder().Parameter<T1>().Parameter<T2>().Parameter<T3>().Parameter<T4>().Parameter<T5>().Result<TResult>());

    /// <summary>Calls the function.</summary>
    /// <inheritdoc cref="Nacre.Function.Invoke(ReadOnlySpan{Value})" path="/exception"/>
    [SkipLocalsInit]
    public TResult Invoke(T1 argument1, T2 argument2, T3 argument3, T4 argument4, T5 argument5)
    {
        Unsafe.SkipInit(out SlotBuffer slots);
        var call = new TypedCall(in _target, ref slots);
        call.Write(argument1);
        call.Write(argument2);
        call.Write(argument3);
        call.Write(argument4);
        call.Write(argument5);
        return call.Invoke<TResult>();
    }
}

/// <summary>A function with six parameters and one result, called without boxing or allocating.</summary>
/// <remarks>Type arguments stand for value types as in <see cref="HostFunctionAttribute"/>.</remarks>
public sealed class Function<T1, T2, T3, T4, T5, T6, TResult>
{
    private readonly TypedTarget _target;

    internal Function(Function function) => _target = new TypedTarget(
        function, new SignatureBuilder().Parameter<T1>().Parameter<T2>().Parameter<T3>().Parameter<T4>().Parameter<T5>().Parameter<T6>().Result<TResult>());

    /// <summary>Calls the function.</summary>
    /// <inheritdoc cref="Nacre.Function.Invoke(ReadOnlySpan{Value})" path="/exception"/>
    [SkipLocalsInit]
    public TResult Invoke(T1 argument1, T2 argument2, T3 argument3, T4 argument4, T5 argument5, T6 argument6)
    {
        Unsafe.SkipInit(out SlotBuffer slots);
        var call = new TypedCall(in _target, ref slots);
        call.Write(argument1);
        call.Write(argument2);
        call.Write(argument3);
        call.Write(argument4);
        call.Write(argument5);
        call.Write(argument6);
        return call.Invoke<TResult>();
    }
}

/// <summary>A function with seven parameters and one result, called without boxing or allocating.</summary>
/// <remarks>Type arguments stand for value types as in <see cref="HostFunctionAttribute"/>.</remarks>
public sealed class Function<T1, T2, T3, T4, T5, T6, T7, TResult>
{
    private readonly TypedTarget _target;

    internal Function(Function function) => _target = new TypedTarget(
        function, new SignatureBuilder().Parameter<T1>().Parameter<T2>().Parameter<T3>().Parameter<T4>().Parameter<T5>().Parameter<T6>().Parameter<T7>().Result<TResult>());

    /// <summary>Calls the function.</summary>
    /// <inheritdoc cref="Nacre.Function.Invoke(ReadOnlySpan{Value})" path="/exception"/>
    [SkipLocalsInit]
    public TResult Invoke(T1 argument1, T2 argument2, T3 argument3, T4 argument4, T5 argument5, T6 argument6, T7 argument7)
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
        return call.Invoke<TResult>();
    }
}

/// <summary>A function with eight parameters and one result, called without boxing or allocating.</summary>
/// <remarks>Type arguments stand for value types as in <see cref="HostFunctionAttribute"/>.</remarks>
public sealed class Function<T1, T2, T3, T4, T5, T6, T7, T8, TResult>
{
    private readonly TypedTarget _target;

    internal Function(Function function) => _target = new TypedTarget(
        function, new SignatureBuilder().Parameter<T1>().Parameter<T2>().Parameter<T3>().Parameter<T4>().Parameter<T5>().Parameter<T6>().Parameter<T7>().Parameter<T8>().Result<TResult>());

    /// <summary>Calls the function.</summary>
    /// <inheritdoc cref="Nacre.Function.Invoke(ReadOnlySpan{Value})" path="/exception"/>
    [SkipLocalsInit]
    public TResult Invoke(T1 argument1, T2 argument2, T3 argument3, T4 argument4, T5 argument5, T6 argument6, T7 argument7, T8 argument8)
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
        return call.Invoke<TResult>();
    }
}
