using Nacre.Validation;

namespace Nacre.Runtime;

/// <summary>A structure or array on the heap, which is the heap of .NET: its collector is the guest's.</summary>
/// <remarks>Spec: Execution, Runtime Structure, Structure and Array Instances.</remarks>
internal abstract class AggregateInstance(DefinedType type)
{
    /// <summary>The type it was made with.</summary>
    public DefinedType Type { get; } = type;
}

/// <summary>A structure: its numbers in slots, as on the operand stack, and its references, each in the order of the fields.</summary>
internal sealed class StructInstance(DefinedType type, int slotCount, int referenceCount) : AggregateInstance(type)
{
    /// <summary>Numbers, one slot each, and vectors, two slots each. Packed fields use the low bits of theirs.</summary>
    public ulong[] Slots { get; } = slotCount == 0 ? [] : new ulong[slotCount];

    /// <summary>References.</summary>
    public object?[] References { get; } = referenceCount == 0 ? [] : new object?[referenceCount];
}
