using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using Nacre.Syntax;

namespace Nacre.Validation;

/// <summary>Says that a module is invalid. Messages begin with the official suite's wording.</summary>
internal static class Invalid
{
    /// <param name="message">What is wrong.</param>
    /// <param name="byteOffset">Where, in bytes from the first byte of the module; null when it is not known.</param>
    /// <param name="function">In which function; null outside of function bodies.</param>
    [DoesNotReturn, StackTraceHidden, MethodImpl(MethodImplOptions.NoInlining)]
    public static void Throw(string message, int? byteOffset, FuncIndex? function = null)
        => throw new InvalidModuleException(message, function, byteOffset);
}
