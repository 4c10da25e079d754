using System.Runtime.CompilerServices;

namespace Nacre.Binary;

/// <summary>Holds counts against <see cref="Syntax.ImplementationLimits"/> before anything is allocated for them.</summary>
internal static class Limit
{
    /// <summary>Reads the number of elements of a vector.</summary>
    /// <exception cref="MalformedModuleException">It is larger than <paramref name="limit"/>, or than the bytes that are left.</exception>
    public static int ReadCount(ref BinaryCursor cursor, int limit, string what)
    {
        int start = cursor.Offset;
        int count = cursor.ReadCount();
        Check(count, limit, what, start);
        return count;
    }

    /// <summary>Holds a count that was read at <paramref name="byteOffset"/> against its limit.</summary>
    /// <exception cref="MalformedModuleException">It is larger.</exception>
    public static void Check(long count, int limit, string what, int byteOffset)
    {
        if (count > limit) Throw(count, limit, what, byteOffset);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Throw(long count, int limit, string what, int byteOffset)
        => Malformed.Throw($"too many {what}: {count}, where at most {limit} are supported", byteOffset);
}
