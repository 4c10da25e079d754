using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace Nacre.Binary;

/// <summary>Stops decoding. Kept out of line so that the methods that read stay short.</summary>
internal static class Malformed
{
    /// <summary>What the suite expects where bytes are missing.</summary>
    public const string UnexpectedEnd = "unexpected end of section or function";

    /// <summary>Reports <paramref name="text"/> at <paramref name="byteOffset"/>, in bytes from the first byte of the module.</summary>
    [DoesNotReturn, StackTraceHidden, MethodImpl(MethodImplOptions.NoInlining)]
    public static void Throw(string text, int byteOffset) => throw new MalformedModuleException(text, byteOffset);
}
