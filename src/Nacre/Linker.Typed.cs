using Nacre.Runtime;

namespace Nacre;

/// <content>Host functions from delegates.</content>
public sealed partial class Linker
{
    /// <summary>Defines a host function with one result.</summary>
    /// <inheritdoc cref="Define{T1, TResult}(string, string, Func{T1, TResult})" path="/*[self::remarks or self::exception]"/>
    public Linker Define<TResult>(string module, string name, Func<TResult> body)
    {
        ArgumentNullException.ThrowIfNull(body);
        return Define(module, name, new SignatureBuilder().Result<TResult>(), (ref HostFrame frame) =>
        {
            TResult result = body();
            frame.BeginResults();
            TypedValue.Write(ref frame, result);
        });
    }

    /// <summary>Defines a host function with one result. A first parameter of type <see cref="Caller"/> is filled in and not seen by the guest.</summary>
    /// <remarks>Type arguments stand for value types as in <see cref="HostFunctionAttribute"/>.</remarks>
    /// <exception cref="NotSupportedException">A type argument stands for no value type.</exception>
    public Linker Define<T1, TResult>(string module, string name, Func<T1, TResult> body)
    {
        ArgumentNullException.ThrowIfNull(body);
        return Define(module, name, new SignatureBuilder().Parameter<T1>().Result<TResult>(), (ref HostFrame frame) =>
        {
            TResult result = body(TypedValue.Read<T1>(ref frame));
            frame.BeginResults();
            TypedValue.Write(ref frame, result);
        });
    }

    /// <summary>Defines a host function with one result.</summary>
    /// <inheritdoc cref="Define{T1, TResult}(string, string, Func{T1, TResult})" path="/*[self::remarks or self::exception]"/>
    public Linker Define<T1, T2, TResult>(string module, string name, Func<T1, T2, TResult> body)
    {
        ArgumentNullException.ThrowIfNull(body);
        return Define(module, name, new SignatureBuilder().Parameter<T1>().Parameter<T2>().Result<TResult>(), (ref HostFrame frame) =>
        {
            TResult result = body(TypedValue.Read<T1>(ref frame), TypedValue.Read<T2>(ref frame));
            frame.BeginResults();
            TypedValue.Write(ref frame, result);
        });
    }

    /// <summary>Defines a host function with one result.</summary>
    /// <inheritdoc cref="Define{T1, TResult}(string, string, Func{T1, TResult})" path="/*[self::remarks or self::exception]"/>
    public Linker Define<T1, T2, T3, TResult>(string module, string name, Func<T1, T2, T3, TResult> body)
    {
        ArgumentNullException.ThrowIfNull(body);
        return Define(module, name, new SignatureBuilder().Parameter<T1>().Parameter<T2>().Parameter<T3>().Result<TResult>(), (ref HostFrame frame) =>
        {
            TResult result = body(
                TypedValue.Read<T1>(ref frame), TypedValue.Read<T2>(ref frame), TypedValue.Read<T3>(ref frame));
            frame.BeginResults();
            TypedValue.Write(ref frame, result);
        });
    }

    /// <summary>Defines a host function with one result.</summary>
    /// <inheritdoc cref="Define{T1, TResult}(string, string, Func{T1, TResult})" path="/*[self::remarks or self::exception]"/>
    public Linker Define<T1, T2, T3, T4, TResult>(string module, string name, Func<T1, T2, T3, T4, TResult> body)
    {
        ArgumentNullException.ThrowIfNull(body);
        return Define(module, name, new SignatureBuilder().Parameter<T1>().Parameter<T2>().Parameter<T3>().Parameter<T4>().Result<TResult>(), (ref HostFrame frame) =>
        {
            TResult result = body(
                TypedValue.Read<T1>(ref frame), TypedValue.Read<T2>(ref frame), TypedValue.Read<T3>(ref frame),
                TypedValue.Read<T4>(ref frame));
            frame.BeginResults();
            TypedValue.Write(ref frame, result);
        });
    }

    /// <summary>Defines a host function with one result.</summary>
    /// <inheritdoc cref="Define{T1, TResult}(string, string, Func{T1, TResult})" path="/*[self::remarks or self::exception]"/>
    public Linker Define<T1, T2, T3, T4, T5, TResult>(string module, string name, Func<T1, T2, T3, T4, T5, TResult> body)
    {
        ArgumentNullException.ThrowIfNull(body);
        return Define(module, name, new SignatureBuilder().Parameter<T1>().Parameter<T2>().Parameter<T3>().Parameter<T4>().Parameter<T5>().Result<TResult>(), (ref HostFrame frame) =>
        {
            TResult result = body(
                TypedValue.Read<T1>(ref frame), TypedValue.Read<T2>(ref frame), TypedValue.Read<T3>(ref frame),
                TypedValue.Read<T4>(ref frame), TypedValue.Read<T5>(ref frame));
            frame.BeginResults();
            TypedValue.Write(ref frame, result);
        });
    }

    /// <summary>Defines a host function with one result.</summary>
    /// <inheritdoc cref="Define{T1, TResult}(string, string, Func{T1, TResult})" path="/*[self::remarks or self::exception]"/>
    public Linker Define<T1, T2, T3, T4, T5, T6, TResult>(string module, string name, Func<T1, T2, T3, T4, T5, T6, TResult> body)
    {
        ArgumentNullException.ThrowIfNull(body);
        return Define(module, name, new SignatureBuilder().Parameter<T1>().Parameter<T2>().Parameter<T3>().Parameter<T4>().Parameter<T5>().Parameter<T6>().Result<TResult>(), (ref HostFrame frame) =>
        {
            TResult result = body(
                TypedValue.Read<T1>(ref frame), TypedValue.Read<T2>(ref frame), TypedValue.Read<T3>(ref frame),
                TypedValue.Read<T4>(ref frame), TypedValue.Read<T5>(ref frame), TypedValue.Read<T6>(ref frame));
            frame.BeginResults();
            TypedValue.Write(ref frame, result);
        });
    }

    /// <summary>Defines a host function with one result.</summary>
    /// <inheritdoc cref="Define{T1, TResult}(string, string, Func{T1, TResult})" path="/*[self::remarks or self::exception]"/>
    public Linker Define<T1, T2, T3, T4, T5, T6, T7, TResult>(string module, string name, Func<T1, T2, T3, T4, T5, T6, T7, TResult> body)
    {
        ArgumentNullException.ThrowIfNull(body);
        return Define(module, name, new SignatureBuilder().Parameter<T1>().Parameter<T2>().Parameter<T3>().Parameter<T4>().Parameter<T5>().Parameter<T6>().Parameter<T7>().Result<TResult>(), (ref HostFrame frame) =>
        {
            TResult result = body(
                TypedValue.Read<T1>(ref frame), TypedValue.Read<T2>(ref frame), TypedValue.Read<T3>(ref frame),
                TypedValue.Read<T4>(ref frame), TypedValue.Read<T5>(ref frame), TypedValue.Read<T6>(ref frame),
                TypedValue.Read<T7>(ref frame));
            frame.BeginResults();
            TypedValue.Write(ref frame, result);
        });
    }

    /// <summary>Defines a host function with one result.</summary>
    /// <inheritdoc cref="Define{T1, TResult}(string, string, Func{T1, TResult})" path="/*[self::remarks or self::exception]"/>
    public Linker Define<T1, T2, T3, T4, T5, T6, T7, T8, TResult>(string module, string name, Func<T1, T2, T3, T4, T5, T6, T7, T8, TResult> body)
    {
        ArgumentNullException.ThrowIfNull(body);
        return Define(module, name, new SignatureBuilder().Parameter<T1>().Parameter<T2>().Parameter<T3>().Parameter<T4>().Parameter<T5>().Parameter<T6>().Parameter<T7>().Parameter<T8>().Result<TResult>(), (ref HostFrame frame) =>
        {
            TResult result = body(
                TypedValue.Read<T1>(ref frame), TypedValue.Read<T2>(ref frame), TypedValue.Read<T3>(ref frame),
                TypedValue.Read<T4>(ref frame), TypedValue.Read<T5>(ref frame), TypedValue.Read<T6>(ref frame),
                TypedValue.Read<T7>(ref frame), TypedValue.Read<T8>(ref frame));
            frame.BeginResults();
            TypedValue.Write(ref frame, result);
        });
    }

    /// <summary>Defines a host function with one result.</summary>
    /// <inheritdoc cref="Define{T1, TResult}(string, string, Func{T1, TResult})" path="/*[self::remarks or self::exception]"/>
    public Linker Define<T1, T2, T3, T4, T5, T6, T7, T8, T9, TResult>(string module, string name, Func<T1, T2, T3, T4, T5, T6, T7, T8, T9, TResult> body)
    {
        ArgumentNullException.ThrowIfNull(body);
        return Define(module, name, new SignatureBuilder().Parameter<T1>().Parameter<T2>().Parameter<T3>().Parameter<T4>().Parameter<T5>().Parameter<T6>().Parameter<T7>().Parameter<T8>().Parameter<T9>().Result<TResult>(), (ref HostFrame frame) =>
        {
            TResult result = body(
                TypedValue.Read<T1>(ref frame), TypedValue.Read<T2>(ref frame), TypedValue.Read<T3>(ref frame),
                TypedValue.Read<T4>(ref frame), TypedValue.Read<T5>(ref frame), TypedValue.Read<T6>(ref frame),
                TypedValue.Read<T7>(ref frame), TypedValue.Read<T8>(ref frame), TypedValue.Read<T9>(ref frame));
            frame.BeginResults();
            TypedValue.Write(ref frame, result);
        });
    }

    /// <summary>Defines a host function with no result.</summary>
    /// <inheritdoc cref="Define{T1, TResult}(string, string, Func{T1, TResult})" path="/*[self::remarks or self::exception]"/>
    public Linker Define(string module, string name, Action body)
    {
        ArgumentNullException.ThrowIfNull(body);
        return Define(module, name, new SignatureBuilder().NoResult(), (ref HostFrame frame) =>
        {
            body();
        });
    }

    /// <summary>Defines a host function with no result.</summary>
    /// <inheritdoc cref="Define{T1, TResult}(string, string, Func{T1, TResult})" path="/*[self::remarks or self::exception]"/>
    public Linker Define<T1>(string module, string name, Action<T1> body)
    {
        ArgumentNullException.ThrowIfNull(body);
        return Define(module, name, new SignatureBuilder().Parameter<T1>().NoResult(), (ref HostFrame frame) =>
        {
            body(TypedValue.Read<T1>(ref frame));
        });
    }

    /// <summary>Defines a host function with no result.</summary>
    /// <inheritdoc cref="Define{T1, TResult}(string, string, Func{T1, TResult})" path="/*[self::remarks or self::exception]"/>
    public Linker Define<T1, T2>(string module, string name, Action<T1, T2> body)
    {
        ArgumentNullException.ThrowIfNull(body);
        return Define(module, name, new SignatureBuilder().Parameter<T1>().Parameter<T2>().NoResult(), (ref HostFrame frame) =>
        {
            body(TypedValue.Read<T1>(ref frame), TypedValue.Read<T2>(ref frame));
        });
    }

    /// <summary>Defines a host function with no result.</summary>
    /// <inheritdoc cref="Define{T1, TResult}(string, string, Func{T1, TResult})" path="/*[self::remarks or self::exception]"/>
    public Linker Define<T1, T2, T3>(string module, string name, Action<T1, T2, T3> body)
    {
        ArgumentNullException.ThrowIfNull(body);
        return Define(module, name, new SignatureBuilder().Parameter<T1>().Parameter<T2>().Parameter<T3>().NoResult(), (ref HostFrame frame) =>
        {
            body(
                TypedValue.Read<T1>(ref frame), TypedValue.Read<T2>(ref frame), TypedValue.Read<T3>(ref frame));
        });
    }

    /// <summary>Defines a host function with no result.</summary>
    /// <inheritdoc cref="Define{T1, TResult}(string, string, Func{T1, TResult})" path="/*[self::remarks or self::exception]"/>
    public Linker Define<T1, T2, T3, T4>(string module, string name, Action<T1, T2, T3, T4> body)
    {
        ArgumentNullException.ThrowIfNull(body);
        return Define(module, name, new SignatureBuilder().Parameter<T1>().Parameter<T2>().Parameter<T3>().Parameter<T4>().NoResult(), (ref HostFrame frame) =>
        {
            body(
                TypedValue.Read<T1>(ref frame), TypedValue.Read<T2>(ref frame), TypedValue.Read<T3>(ref frame),
                TypedValue.Read<T4>(ref frame));
        });
    }

    /// <summary>Defines a host function with no result.</summary>
    /// <inheritdoc cref="Define{T1, TResult}(string, string, Func{T1, TResult})" path="/*[self::remarks or self::exception]"/>
    public Linker Define<T1, T2, T3, T4, T5>(string module, string name, Action<T1, T2, T3, T4, T5> body)
    {
        ArgumentNullException.ThrowIfNull(body);
        return Define(module, name, new SignatureBuilder().Parameter<T1>().Parameter<T2>().Parameter<T3>().Parameter<T4>().Parameter<T5>().NoResult(), (ref HostFrame frame) =>
        {
            body(
                TypedValue.Read<T1>(ref frame), TypedValue.Read<T2>(ref frame), TypedValue.Read<T3>(ref frame),
                TypedValue.Read<T4>(ref frame), TypedValue.Read<T5>(ref frame));
        });
    }

    /// <summary>Defines a host function with no result.</summary>
    /// <inheritdoc cref="Define{T1, TResult}(string, string, Func{T1, TResult})" path="/*[self::remarks or self::exception]"/>
    public Linker Define<T1, T2, T3, T4, T5, T6>(string module, string name, Action<T1, T2, T3, T4, T5, T6> body)
    {
        ArgumentNullException.ThrowIfNull(body);
        return Define(module, name, new SignatureBuilder().Parameter<T1>().Parameter<T2>().Parameter<T3>().Parameter<T4>().Parameter<T5>().Parameter<T6>().NoResult(), (ref HostFrame frame) =>
        {
            body(
                TypedValue.Read<T1>(ref frame), TypedValue.Read<T2>(ref frame), TypedValue.Read<T3>(ref frame),
                TypedValue.Read<T4>(ref frame), TypedValue.Read<T5>(ref frame), TypedValue.Read<T6>(ref frame));
        });
    }

    /// <summary>Defines a host function with no result.</summary>
    /// <inheritdoc cref="Define{T1, TResult}(string, string, Func{T1, TResult})" path="/*[self::remarks or self::exception]"/>
    public Linker Define<T1, T2, T3, T4, T5, T6, T7>(string module, string name, Action<T1, T2, T3, T4, T5, T6, T7> body)
    {
        ArgumentNullException.ThrowIfNull(body);
        return Define(module, name, new SignatureBuilder().Parameter<T1>().Parameter<T2>().Parameter<T3>().Parameter<T4>().Parameter<T5>().Parameter<T6>().Parameter<T7>().NoResult(), (ref HostFrame frame) =>
        {
            body(
                TypedValue.Read<T1>(ref frame), TypedValue.Read<T2>(ref frame), TypedValue.Read<T3>(ref frame),
                TypedValue.Read<T4>(ref frame), TypedValue.Read<T5>(ref frame), TypedValue.Read<T6>(ref frame),
                TypedValue.Read<T7>(ref frame));
        });
    }

    /// <summary>Defines a host function with no result.</summary>
    /// <inheritdoc cref="Define{T1, TResult}(string, string, Func{T1, TResult})" path="/*[self::remarks or self::exception]"/>
    public Linker Define<T1, T2, T3, T4, T5, T6, T7, T8>(string module, string name, Action<T1, T2, T3, T4, T5, T6, T7, T8> body)
    {
        ArgumentNullException.ThrowIfNull(body);
        return Define(module, name, new SignatureBuilder().Parameter<T1>().Parameter<T2>().Parameter<T3>().Parameter<T4>().Parameter<T5>().Parameter<T6>().Parameter<T7>().Parameter<T8>().NoResult(), (ref HostFrame frame) =>
        {
            body(
                TypedValue.Read<T1>(ref frame), TypedValue.Read<T2>(ref frame), TypedValue.Read<T3>(ref frame),
                TypedValue.Read<T4>(ref frame), TypedValue.Read<T5>(ref frame), TypedValue.Read<T6>(ref frame),
                TypedValue.Read<T7>(ref frame), TypedValue.Read<T8>(ref frame));
        });
    }

    /// <summary>Defines a host function with no result.</summary>
    /// <inheritdoc cref="Define{T1, TResult}(string, string, Func{T1, TResult})" path="/*[self::remarks or self::exception]"/>
    public Linker Define<T1, T2, T3, T4, T5, T6, T7, T8, T9>(string module, string name, Action<T1, T2, T3, T4, T5, T6, T7, T8, T9> body)
    {
        ArgumentNullException.ThrowIfNull(body);
        return Define(module, name, new SignatureBuilder().Parameter<T1>().Parameter<T2>().Parameter<T3>().Parameter<T4>().Parameter<T5>().Parameter<T6>().Parameter<T7>().Parameter<T8>().Parameter<T9>().NoResult(), (ref HostFrame frame) =>
        {
            body(
                TypedValue.Read<T1>(ref frame), TypedValue.Read<T2>(ref frame), TypedValue.Read<T3>(ref frame),
                TypedValue.Read<T4>(ref frame), TypedValue.Read<T5>(ref frame), TypedValue.Read<T6>(ref frame),
                TypedValue.Read<T7>(ref frame), TypedValue.Read<T8>(ref frame), TypedValue.Read<T9>(ref frame));
        });
    }
}
