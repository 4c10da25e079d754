using System.Runtime.CompilerServices;

namespace Nacre;

/// <summary>The arguments of one typed call.</summary>
internal interface IArguments
{
    /// <summary>Whether all of them are the same in .NET as in compiled code.</summary>
    static abstract bool ArePlain { get; }

    /// <summary>Adds their types.</summary>
    static abstract SignatureBuilder AddTo(SignatureBuilder signature);

    /// <summary>Writes them, in order.</summary>
    void Write(ref TypedCall call);

    /// <summary>Calls machine code.</summary>
    /// <typeparam name="TResult">The result as <see cref="TypedValue.IsPlain{T}"/> has it, or <see cref="Nothing"/>.</typeparam>
    /// <param name="entry">Address of a function of these parameters and this result.</param>
    /// <param name="context">What it gets as its last argument.</param>
    TResult Call<TResult>(nint entry, object? context);
}

/// <summary>The result of a function that has none.</summary>
internal readonly struct Nothing;

// Safe: what is called has the signature that the type arguments tell, because TypedTarget compared them with the function's type and
// asked ArePlain. One struct for each number of parameters: C# has no other way to say it.

/// <inheritdoc cref="IArguments"/>
internal readonly unsafe struct Arguments : IArguments
{
    public static bool ArePlain => true;

    public static SignatureBuilder AddTo(SignatureBuilder signature) => signature;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Write(ref TypedCall call) { }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TResult Call<TResult>(nint entry, object? context)
    {
        if (typeof(TResult) != typeof(Nothing)) return ((delegate*<object?, TResult>)entry)(context);
        ((delegate*<object?, void>)entry)(context);
        return default!;
    }
}

/// <inheritdoc cref="IArguments"/>
internal readonly unsafe struct Arguments<T1>(T1 argument1) : IArguments
{
    public static bool ArePlain => TypedValue.IsPlain<T1>();

    public static SignatureBuilder AddTo(SignatureBuilder signature) => signature.Parameter<T1>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Write(ref TypedCall call) => call.Write(argument1);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TResult Call<TResult>(nint entry, object? context)
    {
        if (typeof(TResult) != typeof(Nothing)) return ((delegate*<T1, object?, TResult>)entry)(argument1, context);
        ((delegate*<T1, object?, void>)entry)(argument1, context);
        return default!;
    }
}

/// <inheritdoc cref="IArguments"/>
internal readonly unsafe struct Arguments<T1, T2>(T1 argument1, T2 argument2) : IArguments
{
    public static bool ArePlain => TypedValue.IsPlain<T1>() && TypedValue.IsPlain<T2>();

    public static SignatureBuilder AddTo(SignatureBuilder signature) => signature.Parameter<T1>().Parameter<T2>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Write(ref TypedCall call)
    {
        call.Write(argument1);
        call.Write(argument2);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TResult Call<TResult>(nint entry, object? context)
    {
        if (typeof(TResult) != typeof(Nothing)) return ((delegate*<T1, T2, object?, TResult>)entry)(argument1, argument2, context);
        ((delegate*<T1, T2, object?, void>)entry)(argument1, argument2, context);
        return default!;
    }
}

/// <inheritdoc cref="IArguments"/>
internal readonly unsafe struct Arguments<T1, T2, T3>(T1 argument1, T2 argument2, T3 argument3) : IArguments
{
    public static bool ArePlain => TypedValue.IsPlain<T1>() && TypedValue.IsPlain<T2>() && TypedValue.IsPlain<T3>();

    public static SignatureBuilder AddTo(SignatureBuilder signature) => signature.Parameter<T1>().Parameter<T2>().Parameter<T3>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Write(ref TypedCall call)
    {
        call.Write(argument1);
        call.Write(argument2);
        call.Write(argument3);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TResult Call<TResult>(nint entry, object? context)
    {
        if (typeof(TResult) != typeof(Nothing)) return ((delegate*<T1, T2, T3, object?, TResult>)entry)(argument1, argument2, argument3, context);
        ((delegate*<T1, T2, T3, object?, void>)entry)(argument1, argument2, argument3, context);
        return default!;
    }
}

/// <inheritdoc cref="IArguments"/>
internal readonly unsafe struct Arguments<T1, T2, T3, T4>(T1 argument1, T2 argument2, T3 argument3, T4 argument4) : IArguments
{
    public static bool ArePlain => TypedValue.IsPlain<T1>() && TypedValue.IsPlain<T2>() && TypedValue.IsPlain<T3>() && TypedValue.IsPlain<T4>();

    public static SignatureBuilder AddTo(SignatureBuilder signature) => signature.Parameter<T1>().Parameter<T2>().Parameter<T3>().Parameter<T4>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Write(ref TypedCall call)
    {
        call.Write(argument1);
        call.Write(argument2);
        call.Write(argument3);
        call.Write(argument4);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TResult Call<TResult>(nint entry, object? context)
    {
        if (typeof(TResult) != typeof(Nothing)) return ((delegate*<T1, T2, T3, T4, object?, TResult>)entry)(argument1, argument2, argument3, argument4, context);
        ((delegate*<T1, T2, T3, T4, object?, void>)entry)(argument1, argument2, argument3, argument4, context);
        return default!;
    }
}

/// <inheritdoc cref="IArguments"/>
internal readonly unsafe struct Arguments<T1, T2, T3, T4, T5>(T1 argument1, T2 argument2, T3 argument3, T4 argument4, T5 argument5) : IArguments
{
    public static bool ArePlain => TypedValue.IsPlain<T1>() && TypedValue.IsPlain<T2>() && TypedValue.IsPlain<T3>() && TypedValue.IsPlain<T4>() && TypedValue.IsPlain<T5>();

    public static SignatureBuilder AddTo(SignatureBuilder signature) => signature.Parameter<T1>().Parameter<T2>().Parameter<T3>().Parameter<T4>().Parameter<T5>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Write(ref TypedCall call)
    {
        call.Write(argument1);
        call.Write(argument2);
        call.Write(argument3);
        call.Write(argument4);
        call.Write(argument5);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TResult Call<TResult>(nint entry, object? context)
    {
        if (typeof(TResult) != typeof(Nothing)) return ((delegate*<T1, T2, T3, T4, T5, object?, TResult>)entry)(argument1, argument2, argument3, argument4, argument5, context);
        ((delegate*<T1, T2, T3, T4, T5, object?, void>)entry)(argument1, argument2, argument3, argument4, argument5, context);
        return default!;
    }
}

/// <inheritdoc cref="IArguments"/>
internal readonly unsafe struct Arguments<T1, T2, T3, T4, T5, T6>(T1 argument1, T2 argument2, T3 argument3, T4 argument4, T5 argument5, T6 argument6) : IArguments
{
    public static bool ArePlain => TypedValue.IsPlain<T1>() && TypedValue.IsPlain<T2>() && TypedValue.IsPlain<T3>() && TypedValue.IsPlain<T4>() && TypedValue.IsPlain<T5>() && TypedValue.IsPlain<T6>();

    public static SignatureBuilder AddTo(SignatureBuilder signature) => signature.Parameter<T1>().Parameter<T2>().Parameter<T3>().Parameter<T4>().Parameter<T5>().Parameter<T6>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Write(ref TypedCall call)
    {
        call.Write(argument1);
        call.Write(argument2);
        call.Write(argument3);
        call.Write(argument4);
        call.Write(argument5);
        call.Write(argument6);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TResult Call<TResult>(nint entry, object? context)
    {
        if (typeof(TResult) != typeof(Nothing)) return ((delegate*<T1, T2, T3, T4, T5, T6, object?, TResult>)entry)(argument1, argument2, argument3, argument4, argument5, argument6, context);
        ((delegate*<T1, T2, T3, T4, T5, T6, object?, void>)entry)(argument1, argument2, argument3, argument4, argument5, argument6, context);
        return default!;
    }
}

/// <inheritdoc cref="IArguments"/>
internal readonly unsafe struct Arguments<T1, T2, T3, T4, T5, T6, T7>(T1 argument1, T2 argument2, T3 argument3, T4 argument4, T5 argument5, T6 argument6, T7 argument7) : IArguments
{
    public static bool ArePlain => TypedValue.IsPlain<T1>() && TypedValue.IsPlain<T2>() && TypedValue.IsPlain<T3>() && TypedValue.IsPlain<T4>() && TypedValue.IsPlain<T5>() && TypedValue.IsPlain<T6>() && TypedValue.IsPlain<T7>();

    public static SignatureBuilder AddTo(SignatureBuilder signature) => signature.Parameter<T1>().Parameter<T2>().Parameter<T3>().Parameter<T4>().Parameter<T5>().Parameter<T6>().Parameter<T7>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Write(ref TypedCall call)
    {
        call.Write(argument1);
        call.Write(argument2);
        call.Write(argument3);
        call.Write(argument4);
        call.Write(argument5);
        call.Write(argument6);
        call.Write(argument7);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TResult Call<TResult>(nint entry, object? context)
    {
        if (typeof(TResult) != typeof(Nothing)) return ((delegate*<T1, T2, T3, T4, T5, T6, T7, object?, TResult>)entry)(argument1, argument2, argument3, argument4, argument5, argument6, argument7, context);
        ((delegate*<T1, T2, T3, T4, T5, T6, T7, object?, void>)entry)(argument1, argument2, argument3, argument4, argument5, argument6, argument7, context);
        return default!;
    }
}

/// <inheritdoc cref="IArguments"/>
internal readonly unsafe struct Arguments<T1, T2, T3, T4, T5, T6, T7, T8>(T1 argument1, T2 argument2, T3 argument3, T4 argument4, T5 argument5, T6 argument6, T7 argument7, T8 argument8) : IArguments
{
    public static bool ArePlain => TypedValue.IsPlain<T1>() && TypedValue.IsPlain<T2>() && TypedValue.IsPlain<T3>() && TypedValue.IsPlain<T4>() && TypedValue.IsPlain<T5>() && TypedValue.IsPlain<T6>() && TypedValue.IsPlain<T7>() && TypedValue.IsPlain<T8>();

    public static SignatureBuilder AddTo(SignatureBuilder signature) => signature.Parameter<T1>().Parameter<T2>().Parameter<T3>().Parameter<T4>().Parameter<T5>().Parameter<T6>().Parameter<T7>().Parameter<T8>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Write(ref TypedCall call)
    {
        call.Write(argument1);
        call.Write(argument2);
        call.Write(argument3);
        call.Write(argument4);
        call.Write(argument5);
        call.Write(argument6);
        call.Write(argument7);
        call.Write(argument8);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TResult Call<TResult>(nint entry, object? context)
    {
        if (typeof(TResult) != typeof(Nothing)) return ((delegate*<T1, T2, T3, T4, T5, T6, T7, T8, object?, TResult>)entry)(argument1, argument2, argument3, argument4, argument5, argument6, argument7, argument8, context);
        ((delegate*<T1, T2, T3, T4, T5, T6, T7, T8, object?, void>)entry)(argument1, argument2, argument3, argument4, argument5, argument6, argument7, argument8, context);
        return default!;
    }
}
