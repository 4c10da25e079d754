namespace Nacre.Runtime;

/// <summary>What running code of a store looks at to know whether it may go on. The cell never moves.</summary>
/// <remarks>Safe because <see cref="StoreState.EnsureResultRoom"/> makes room for the results of every type before code runs that has them.</remarks>
internal unsafe struct ControlCell
{
    /// <summary>The lowest address that a frame on the host's stack may reach; set by the outermost call of the host.</summary>
    public nuint StackLimit;

    /// <summary>Units of fuel left, as last told; negative when more were used than there were, until that is looked at.</summary>
    public long Fuel;

    /// <summary>Where a function leaves its results but the first: numbers in slots, in order. Read before anything else is called.</summary>
    public ulong* ResultSlots;

    /// <summary>Not 0 when the guest is to stop. Written by any thread.</summary>
    public int Interruption;
}
