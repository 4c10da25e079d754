using System.Globalization;
using System.Runtime.Intrinsics;
using Nacre.Runtime;
using Nacre.Syntax;
using Nacre.Validation;

namespace Nacre;

/// <summary>A value of any type, for calls whose types are not known when the host is compiled.</summary>
/// <remarks>
/// Numbers convert from their .NET types by themselves. A reference is null, a <see cref="Function"/> (<c>funcref</c>), any object of
/// the host (<c>externref</c>), or an object that a guest made, which the host can keep and hand back. Floats are equal when their bits
/// are. Spec: Execution, Runtime Structure, Values.
/// </remarks>
public readonly struct Value : IEquatable<Value>
{
    private readonly RawValue _raw;   // a function reference is kept as the host's view of it

    private Value(ValType type, RawValue raw) => (Type, _raw) = (type, raw);

    /// <summary>The type of the value. Of a reference: the type it was made or read as.</summary>
    public ValType Type { get; }

    /// <summary>An <c>i32</c>.</summary>
    public static Value FromInt32(int value) => new(ValType.I32, RawValue.Number((uint)value));
    /// <summary>An <c>i64</c>.</summary>
    public static Value FromInt64(long value) => new(ValType.I64, RawValue.Number((ulong)value));
    /// <summary>An <c>f32</c>.</summary>
    public static Value FromSingle(float value) => new(ValType.F32, RawValue.Number(BitConverter.SingleToUInt32Bits(value)));
    /// <summary>An <c>f64</c>.</summary>
    public static Value FromDouble(double value) => new(ValType.F64, RawValue.Number(BitConverter.DoubleToUInt64Bits(value)));
    /// <summary>A <c>v128</c>; lane 0 of bytes is the lowest.</summary>
    public static Value FromVector128(Vector128<byte> value)
        => new(ValType.V128, new RawValue(value.AsUInt64()[0], value.AsUInt64()[1], null));
    /// <summary>A <c>funcref</c>; null is the null reference.</summary>
    public static Value FromFunction(Function? function) => new(ValType.Funcref, RawValue.Of(function));
    /// <summary>An <c>externref</c>; null is the null reference.</summary>
    public static Value FromExtern(object? reference) => new(ValType.Externref, RawValue.Of(reference));
    /// <summary>The null reference of type <paramref name="type"/>.</summary>
    /// <exception cref="ArgumentException">Null is no value of this type.</exception>
    public static Value Null(ValType type)
        => type.IsReference && type.IsNullable ? new(type, default) : throw new ArgumentException($"null is no value of type {type}.", nameof(type));

    /// <summary>The <c>i32</c>.</summary>
    /// <exception cref="InvalidOperationException">The value is of another type.</exception>
    public int AsInt32() => (int)Bits(ValType.I32);
    /// <summary>The <c>i64</c>.</summary>
    /// <inheritdoc cref="AsInt32" path="/exception"/>
    public long AsInt64() => (long)Bits(ValType.I64);
    /// <summary>The <c>f32</c>.</summary>
    /// <inheritdoc cref="AsInt32" path="/exception"/>
    public float AsSingle() => BitConverter.UInt32BitsToSingle((uint)Bits(ValType.F32));
    /// <summary>The <c>f64</c>.</summary>
    /// <inheritdoc cref="AsInt32" path="/exception"/>
    public double AsDouble() => BitConverter.UInt64BitsToDouble(Bits(ValType.F64));
    /// <summary>The <c>v128</c>.</summary>
    /// <inheritdoc cref="AsInt32" path="/exception"/>
    public Vector128<byte> AsVector128() => Vector128.Create(Bits(ValType.V128), _raw.High).AsByte();

    /// <summary>The reference: null, a <see cref="Function"/>, an object of the host, or an object that a guest made.</summary>
    /// <exception cref="InvalidOperationException">The value is a number.</exception>
    public object? AsReference()
        => Type.IsReference ? _raw.Reference : throw new InvalidOperationException($"The value is of type {Type}, not a reference.");

    /// <summary>An <c>i32</c>.</summary>
    public static implicit operator Value(int value) => FromInt32(value);
    /// <summary>An <c>i64</c>.</summary>
    public static implicit operator Value(long value) => FromInt64(value);
    /// <summary>An <c>f32</c>.</summary>
    public static implicit operator Value(float value) => FromSingle(value);
    /// <summary>An <c>f64</c>.</summary>
    public static implicit operator Value(double value) => FromDouble(value);
    /// <summary>A <c>v128</c>.</summary>
    public static implicit operator Value(Vector128<byte> value) => FromVector128(value);
    /// <summary>A <c>funcref</c>.</summary>
    public static implicit operator Value(Function? function) => FromFunction(function);

    /// <inheritdoc/>
    public bool Equals(Value other) => Type == other.Type && _raw == other._raw;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Value other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Type, _raw);

    /// <summary>Whether both have the same type and bits.</summary>
    public static bool operator ==(Value left, Value right) => left.Equals(right);

    /// <summary>Whether type or bits differ.</summary>
    public static bool operator !=(Value left, Value right) => !left.Equals(right);

    /// <summary>The number in decimal as the text format writes it, <c>inf</c> and <c>nan:0x…</c> included, a vector's bytes, or what the reference refers to.</summary>
    public override string ToString()
        => Type == ValType.I32 ? AsInt32().ToString(CultureInfo.InvariantCulture)
        : Type == ValType.I64 ? AsInt64().ToString(CultureInfo.InvariantCulture)
        : Type == ValType.F32 ? FloatText.OfSingle((uint)_raw.Low)
        : Type == ValType.F64 ? FloatText.OfDouble(_raw.Low)
        : Type == ValType.V128 ? $"0x{_raw.High:x16}{_raw.Low:x16}"
        : _raw.Reference?.ToString() ?? "null";

    /// <summary>The value as the runtime keeps it.</summary>
    /// <param name="type">What is wanted, in canonical space.</param>
    /// <param name="store">Where it is wanted.</param>
    /// <exception cref="ArgumentException">The value is of another type, or a function of another store.</exception>
    internal RawValue ToRaw(ValType type, StoreState store)
    {
        if (type.IsReference && (Type.IsReference || Type == default)) return RawValue.Of(References.ToGuest(_raw.Reference, type, store));
        if (Type != type) throw new ArgumentException($"The value {this} is of type {Type}; a value of type {type} is wanted.");
        return _raw;
    }

    /// <summary>The value as the host sees it.</summary>
    internal static Value FromRaw(ValType type, RawValue raw)
        => new(type, type.IsReference ? RawValue.Of(References.ToHost(raw.Reference)) : raw);

    private ulong Bits(ValType type)
        => Type == type ? _raw.Low : throw new InvalidOperationException($"The value is of type {Type}, not {type}.");
}
