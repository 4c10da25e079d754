namespace Nacre.Runtime;

/// <summary>A thrown exception: its tag, and the values thrown with it, laid out as on the operand stack.</summary>
/// <remarks>Spec: Execution, Runtime Structure, Exception Instances. As a reference, this object is the <c>exnref</c> value.</remarks>
internal sealed class ExceptionInstance(TagInstance tag, ulong[] slots, object?[] references)
{
    /// <summary>What kind of exception it is.</summary>
    public TagInstance Tag { get; } = tag;

    /// <summary>Numbers and vectors.</summary>
    public ulong[] Slots { get; } = slots;

    /// <summary>References.</summary>
    public object?[] References { get; } = references;
}
