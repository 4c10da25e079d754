namespace Nacre.Runtime;

/// <summary>What running code knows of a memory: where it begins and how many bytes may be used. The cell itself never moves.</summary>
internal unsafe struct MemoryCell
{
    /// <summary>Address of byte 0.</summary>
    public byte* Base;

    /// <summary>Number of bytes, a multiple of the page size. Only grows.</summary>
    public ulong ByteLength;
}
