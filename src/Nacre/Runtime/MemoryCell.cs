namespace Nacre.Runtime;

/// <summary>What running code knows of a memory: where it begins and how many bytes may be used. The cell itself never moves.</summary>
/// <remarks>Safe because <see cref="MemoryInstance"/> alone writes it, and counts bytes in the length when they are there.</remarks>
internal unsafe struct MemoryCell
{
    /// <summary>Address of byte 0.</summary>
    public byte* Base;

    /// <summary>Number of bytes, a multiple of the page size. Only grows.</summary>
    public ulong ByteLength;
}
