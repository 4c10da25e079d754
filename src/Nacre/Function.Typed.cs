namespace Nacre;

// One class for each number of parameters: C# has no other way to say it without boxing.

/// <summary>A function with no parameters and one result, called without boxing or allocating.</summary>
/// <remarks>Type arguments stand for value types as in <see cref="HostFunctionAttribute"/>.</remarks>
public sealed class Function<TResult>
{
    private readonly TypedTarget<Arguments, TResult> _target;

    internal Function(Function function) => _target = new(function);

    /// <summary>Calls the function.</summary>
    /// <inheritdoc cref="Nacre.Function.Invoke(ReadOnlySpan{Value})" path="/exception"/>
    public TResult Invoke() => _target.Invoke(new());
}

/// <summary>A function with one parameter and one result, called without boxing or allocating.</summary>
/// <remarks>Type arguments stand for value types as in <see cref="HostFunctionAttribute"/>.</remarks>
public sealed class Function<T1, TResult>
{
    private readonly TypedTarget<Arguments<T1>, TResult> _target;

    internal Function(Function function) => _target = new(function);

    /// <summary>Calls the function.</summary>
    /// <inheritdoc cref="Nacre.Function.Invoke(ReadOnlySpan{Value})" path="/exception"/>
    public TResult Invoke(T1 argument1) => _target.Invoke(new(argument1));
}

/// <summary>A function with two parameters and one result, called without boxing or allocating.</summary>
/// <remarks>Type arguments stand for value types as in <see cref="HostFunctionAttribute"/>.</remarks>
public sealed class Function<T1, T2, TResult>
{
    private readonly TypedTarget<Arguments<T1, T2>, TResult> _target;

    internal Function(Function function) => _target = new(function);

    /// <summary>Calls the function.</summary>
    /// <inheritdoc cref="Nacre.Function.Invoke(ReadOnlySpan{Value})" path="/exception"/>
    public TResult Invoke(T1 argument1, T2 argument2) => _target.Invoke(new(argument1, argument2));
}

/// <summary>A function with three parameters and one result, called without boxing or allocating.</summary>
/// <remarks>Type arguments stand for value types as in <see cref="HostFunctionAttribute"/>.</remarks>
public sealed class Function<T1, T2, T3, TResult>
{
    private readonly TypedTarget<Arguments<T1, T2, T3>, TResult> _target;

    internal Function(Function function) => _target = new(function);

    /// <summary>Calls the function.</summary>
    /// <inheritdoc cref="Nacre.Function.Invoke(ReadOnlySpan{Value})" path="/exception"/>
    public TResult Invoke(T1 argument1, T2 argument2, T3 argument3) => _target.Invoke(new(argument1, argument2, argument3));
}

/// <summary>A function with four parameters and one result, called without boxing or allocating.</summary>
/// <remarks>Type arguments stand for value types as in <see cref="HostFunctionAttribute"/>.</remarks>
public sealed class Function<T1, T2, T3, T4, TResult>
{
    private readonly TypedTarget<Arguments<T1, T2, T3, T4>, TResult> _target;

    internal Function(Function function) => _target = new(function);

    /// <summary>Calls the function.</summary>
    /// <inheritdoc cref="Nacre.Function.Invoke(ReadOnlySpan{Value})" path="/exception"/>
    public TResult Invoke(T1 argument1, T2 argument2, T3 argument3, T4 argument4) => _target.Invoke(new(argument1, argument2, argument3, argument4));
}

/// <summary>A function with five parameters and one result, called without boxing or allocating.</summary>
/// <remarks>Type arguments stand for value types as in <see cref="HostFunctionAttribute"/>.</remarks>
public sealed class Function<T1, T2, T3, T4, T5, TResult>
{
    private readonly TypedTarget<Arguments<T1, T2, T3, T4, T5>, TResult> _target;

    internal Function(Function function) => _target = new(function);

    /// <summary>Calls the function.</summary>
    /// <inheritdoc cref="Nacre.Function.Invoke(ReadOnlySpan{Value})" path="/exception"/>
    public TResult Invoke(T1 argument1, T2 argument2, T3 argument3, T4 argument4, T5 argument5) => _target.Invoke(new(argument1, argument2, argument3, argument4, argument5));
}

/// <summary>A function with six parameters and one result, called without boxing or allocating.</summary>
/// <remarks>Type arguments stand for value types as in <see cref="HostFunctionAttribute"/>.</remarks>
public sealed class Function<T1, T2, T3, T4, T5, T6, TResult>
{
    private readonly TypedTarget<Arguments<T1, T2, T3, T4, T5, T6>, TResult> _target;

    internal Function(Function function) => _target = new(function);

    /// <summary>Calls the function.</summary>
    /// <inheritdoc cref="Nacre.Function.Invoke(ReadOnlySpan{Value})" path="/exception"/>
    public TResult Invoke(T1 argument1, T2 argument2, T3 argument3, T4 argument4, T5 argument5, T6 argument6) => _target.Invoke(new(argument1, argument2, argument3, argument4, argument5, argument6));
}

/// <summary>A function with seven parameters and one result, called without boxing or allocating.</summary>
/// <remarks>Type arguments stand for value types as in <see cref="HostFunctionAttribute"/>.</remarks>
public sealed class Function<T1, T2, T3, T4, T5, T6, T7, TResult>
{
    private readonly TypedTarget<Arguments<T1, T2, T3, T4, T5, T6, T7>, TResult> _target;

    internal Function(Function function) => _target = new(function);

    /// <summary>Calls the function.</summary>
    /// <inheritdoc cref="Nacre.Function.Invoke(ReadOnlySpan{Value})" path="/exception"/>
    public TResult Invoke(T1 argument1, T2 argument2, T3 argument3, T4 argument4, T5 argument5, T6 argument6, T7 argument7) => _target.Invoke(new(argument1, argument2, argument3, argument4, argument5, argument6, argument7));
}

/// <summary>A function with eight parameters and one result, called without boxing or allocating.</summary>
/// <remarks>Type arguments stand for value types as in <see cref="HostFunctionAttribute"/>.</remarks>
public sealed class Function<T1, T2, T3, T4, T5, T6, T7, T8, TResult>
{
    private readonly TypedTarget<Arguments<T1, T2, T3, T4, T5, T6, T7, T8>, TResult> _target;

    internal Function(Function function) => _target = new(function);

    /// <summary>Calls the function.</summary>
    /// <inheritdoc cref="Nacre.Function.Invoke(ReadOnlySpan{Value})" path="/exception"/>
    public TResult Invoke(T1 argument1, T2 argument2, T3 argument3, T4 argument4, T5 argument5, T6 argument6, T7 argument7, T8 argument8) => _target.Invoke(new(argument1, argument2, argument3, argument4, argument5, argument6, argument7, argument8));
}
