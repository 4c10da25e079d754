using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Nacre.Runtime;
using Nacre.Syntax;

namespace Nacre;

/// <summary>How .NET types stand for value types, and how their values travel in a <see cref="HostFrame"/>.</summary>
/// <remarks>
/// Every comparison of types is decided when the JIT makes the code for <c>T</c>, and casts by way of <c>object</c> between equal value
/// types are none then; so nothing is boxed. What is left at the end is <c>object</c>, because no other type stands for anything: that cast
/// is none either, though code that reference types share would look <c>T</c> up for it.
/// </remarks>
internal static class TypedValue
{
    /// <summary>The value type that <typeparamref name="T"/> stands for.</summary>
    /// <exception cref="NotSupportedException">It stands for none.</exception>
    public static ValType TypeOf<T>()
    {
        if (typeof(T) == typeof(int) || typeof(T) == typeof(uint) || typeof(T) == typeof(bool)) return ValType.I32;
        if (typeof(T) == typeof(long) || typeof(T) == typeof(ulong)) return ValType.I64;
        if (typeof(T) == typeof(float)) return ValType.F32;
        if (typeof(T) == typeof(double)) return ValType.F64;
        if (typeof(T) == typeof(Vector128<byte>)) return ValType.V128;
        if (typeof(T) == typeof(Function)) return ValType.Funcref;
        if (typeof(T) == typeof(object)) return ValType.Externref;
        throw new NotSupportedException(
            $"{typeof(T)} stands for no WebAssembly type; int, uint, bool, long, ulong, float, double, Vector128<byte>, Function and object do.");
    }

    /// <summary>
    /// Whether compiled code has values of this type as they are: numbers, vectors and <c>externref</c>, but no <c>bool</c>, which has one byte.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsPlain<T>()
        => typeof(T) == typeof(int) || typeof(T) == typeof(uint) || typeof(T) == typeof(long) || typeof(T) == typeof(ulong)
            || typeof(T) == typeof(float) || typeof(T) == typeof(double) || typeof(T) == typeof(Vector128<byte>) || typeof(T) == typeof(object);

    /// <summary>Writes the next argument of a guest's function, or the next result of a host's.</summary>
    /// <exception cref="ArgumentException">A function of another store.</exception>
    public static void Write<T>(ref HostFrame frame, T value)
    {
        if (typeof(T) == typeof(int)) frame.Return((int)(object)value!);
        else if (typeof(T) == typeof(uint)) frame.Return((int)(uint)(object)value!);
        else if (typeof(T) == typeof(bool)) frame.Return((bool)(object)value! ? 1 : 0);
        else if (typeof(T) == typeof(long)) frame.Return((long)(object)value!);
        else if (typeof(T) == typeof(ulong)) frame.Return((long)(ulong)(object)value!);
        else if (typeof(T) == typeof(float)) frame.Return((float)(object)value!);
        else if (typeof(T) == typeof(double)) frame.Return((double)(object)value!);
        else if (typeof(T) == typeof(Vector128<byte>)) frame.Return((Vector128<byte>)(object)value!);
        else if (typeof(T) == typeof(Function)) frame.Return((Function?)(object?)value);
        else frame.ReturnReference(value);
    }

    /// <summary>Reads the next argument of a host's function, or the next result of a guest's. A <see cref="Caller"/> is no argument.</summary>
    public static T Read<T>(ref HostFrame frame)
    {
        if (typeof(T) == typeof(Caller)) return (T)(object)Caller.Of(in frame);
        if (typeof(T) == typeof(int)) return (T)(object)frame.NextInt32();
        if (typeof(T) == typeof(uint)) return (T)(object)(uint)frame.NextInt32();
        if (typeof(T) == typeof(bool)) return (T)(object)(frame.NextInt32() != 0);
        if (typeof(T) == typeof(long)) return (T)(object)frame.NextInt64();
        if (typeof(T) == typeof(ulong)) return (T)(object)(ulong)frame.NextInt64();
        if (typeof(T) == typeof(float)) return (T)(object)frame.NextSingle();
        if (typeof(T) == typeof(double)) return (T)(object)frame.NextDouble();
        if (typeof(T) == typeof(Vector128<byte>)) return (T)(object)frame.NextVector128();
        if (typeof(T) == typeof(Function)) return (T)(object)frame.NextFunction()!;
        object? reference = frame.NextReference();
        return Unsafe.As<object?, T>(ref reference);
    }
}
