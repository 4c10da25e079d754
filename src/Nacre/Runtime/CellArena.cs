using System.Runtime.InteropServices;

namespace Nacre.Runtime;

/// <summary>Hands out zeroed unmanaged slots of 8 bytes that live as long as the arena.</summary>
/// <remarks>
/// Safe because a slot is never reused and blocks are freed only by the finalizer, when nothing that keeps the arena alive is left:
/// whoever keeps the address of a slot also keeps the arena.
/// </remarks>
internal sealed unsafe class CellArena
{
    private const int BlockSlotCount = 512;

    private ulong* _lastBlock;      // its first slot holds the address of the block before it
    private ulong* _next;
    private int _left;

    ~CellArena()
    {
        while (_lastBlock is not null)
        {
            ulong* before = (ulong*)*_lastBlock;
            NativeMemory.Free(_lastBlock);
            _lastBlock = before;
        }
    }

    /// <summary>Returns <paramref name="slotCount"/> consecutive zeroed slots.</summary>
    public ulong* Allocate(int slotCount)
    {
        if (slotCount > _left) AddBlock(Math.Max(slotCount, BlockSlotCount));
        ulong* slots = _next;
        _next += slotCount;
        _left -= slotCount;
        return slots;
    }

    private void AddBlock(int slotCount)
    {
        ulong* block = (ulong*)NativeMemory.AllocZeroed((nuint)slotCount + 1, sizeof(ulong));
        *block = (ulong)_lastBlock;
        _lastBlock = block;
        _next = block + 1;
        _left = slotCount;
    }
}
