namespace Nacre.Runtime;

/// <summary>An unboxed scalar of 31 bits as a reference. Two of the same value are the same reference to <c>ref.eq</c>.</summary>
/// <remarks>Spec: Execution, Runtime Structure, Values (<c>ref.i31</c>).</remarks>
internal sealed class I31Reference : AnyInstance
{
    private const int SmallCount = 1024;
    private static readonly I31Reference[] s_small = [.. Enumerable.Range(0, SmallCount).Select(value => new I31Reference(value))];

    private I31Reference(int value) : base(type: null) => Value = value;

    /// <summary>The value, sign-extended.</summary>
    public int Value { get; }

    /// <summary>The value, zero-extended.</summary>
    public uint UnsignedValue => (uint)Value & 0x7FFF_FFFF;

    /// <summary>The low 31 bits of <paramref name="value"/> as a reference.</summary>
    public static I31Reference Of(int value) => (uint)value < SmallCount ? s_small[value] : new I31Reference(value << 1 >> 1);
}
