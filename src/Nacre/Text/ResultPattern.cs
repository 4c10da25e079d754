using Nacre.Syntax;

namespace Nacre.Text;

/// <summary>What a result may be. Without anything open it is also an argument.</summary>
internal abstract record ResultPattern;

/// <summary>Which values of a lane are meant.</summary>
internal enum LaneMatch : byte
{
    /// <summary>Exactly these bits.</summary>
    Exact,
    /// <summary><c>nan:canonical</c>: only the highest bit of the fraction is set.</summary>
    CanonicalNaN,
    /// <summary><c>nan:arithmetic</c>: the highest bit of the fraction is set.</summary>
    ArithmeticNaN,
}

/// <summary>A lane of a vector, or a whole number.</summary>
internal readonly record struct Lane(LaneMatch Match, ulong Bits);

/// <summary>A number, or a vector lane by lane, the lowest first.</summary>
internal sealed record NumberPattern(ValType Type, int LaneBitCount, Lane[] Lanes) : ResultPattern;

/// <summary>What a reference is to.</summary>
internal enum ReferenceKind
{
    Null,
    Func,
    Extern,
    Host,
    Struct,
    Array,
    I31,
    Eq,
    Any,
    Exn,
}

/// <summary>A reference; of those of the host the one with this number.</summary>
/// <param name="Kind">What it is to.</param>
/// <param name="HeapType">For null the heap type, when one is given.</param>
/// <param name="Number">For references of the host their number, when one is given.</param>
internal sealed record ReferencePattern(ReferenceKind Kind, AbstractHeapType? HeapType, uint? Number) : ResultPattern;

/// <summary>One of several.</summary>
internal sealed record EitherPattern(ResultPattern[] Choices) : ResultPattern;
