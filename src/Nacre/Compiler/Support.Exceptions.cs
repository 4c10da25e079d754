using System.Diagnostics.CodeAnalysis;
using System.Runtime.Intrinsics;
using Nacre.Runtime;
using Nacre.Syntax;

namespace Nacre.Compiler;

/// <content>Exceptions.</content>
internal static unsafe partial class Support
{
    /// <summary>An exception with room for its values.</summary>
    public static ExceptionInstance NewException(InstanceContext context, int tag, int slotCount, int referenceCount)
        => new(context.Instance.Tags[tag], new ulong[slotCount], new object?[referenceCount]);

    /// <summary><c>throw</c> and <c>throw_ref</c>.</summary>
    /// <exception cref="GuestException">Always, unless null is thrown.</exception>
    /// <exception cref="TrapException">Null is thrown.</exception>
    [DoesNotReturn]
    public static void Throw(object? exception)
    {
        if (exception is null) throw new TrapException(TrapKind.NullExceptionReference);
        throw new GuestException((ExceptionInstance)exception);
    }

    /// <summary>The number of the clause that catches, or <see cref="CatchTable.None"/>.</summary>
    /// <param name="thrown">What goes through the host's stack.</param>
    /// <param name="context">The instance.</param>
    /// <param name="table">The clauses.</param>
    [UnconditionalSuppressMessage("AOT", "IL3050", Justification = "Only compiled code calls this, and there is none without dynamic code.")]
    public static int FindClause(object thrown, InstanceContext context, int table)
        => thrown is GuestException { Thrown: ExceptionInstance exception }
            ? context.Code.CatchTableAt(table).Find(exception, context.Instance)
            : CatchTable.None;

    /// <summary>Whether what goes through the host's stack is an exception of a guest.</summary>
    public static bool IsGuestException(object thrown) => thrown is GuestException { Thrown: ExceptionInstance };

    /// <summary>The exception itself, once it is known that a clause catches it.</summary>
    public static ExceptionInstance Caught(object thrown) => (ExceptionInstance)((GuestException)thrown).Thrown!;

    public static ulong ExceptionSlot(ExceptionInstance exception, int slot) => exception.Slots[slot];

    public static Vector128<byte> ExceptionVector(ExceptionInstance exception, int slot)
        => Vector128.Create(exception.Slots[slot], exception.Slots[slot + 1]).AsByte();

    public static object? ExceptionReference(ExceptionInstance exception, int index) => exception.References[index];

    public static void SetExceptionSlot(ExceptionInstance exception, ulong value, int slot) => exception.Slots[slot] = value;

    public static void SetExceptionVector(ExceptionInstance exception, Vector128<byte> value, int slot)
        => (exception.Slots[slot], exception.Slots[slot + 1]) = (value.AsUInt64()[0], value.AsUInt64()[1]);

    public static void SetExceptionReference(ExceptionInstance exception, object? value, int index) => exception.References[index] = value;
}
