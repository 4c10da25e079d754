namespace Nacre.Syntax;

/// <summary>The empty array of a type of ours.</summary>
/// <remarks>That of the framework is code of the framework over our type, which the JIT compiles anew in each process, where precompiled
/// code is used (docs/decisions/0003).</remarks>
internal static class Empty<T>
{
    public static readonly T[] Array = GC.AllocateUninitializedArray<T>(0);

    /// <summary>A copy of <paramref name="items"/>.</summary>
    public static T[] Copy(ReadOnlySpan<T> items) => items.IsEmpty ? Array : items.ToArray();
}
