using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using Nacre.Runtime;
using Nacre.Syntax;

namespace Nacre.Interpreter;

/// <content>What single operations need of the thread.</content>
internal unsafe partial class InterpreterThread
{
    /// <summary>Keeps the current position and frame, for a call stack or for the operation that is about to change them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Mark(Instr* pc, ulong* fp)
    {
        Pc = pc;
        Fp = fp;
    }

    /// <summary>Pays for the stretch of code that begins at <paramref name="pc"/>, whether there is enough or not.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void PayFuel(Instr* pc) => _store.Control->Fuel -= pc->A;

    /// <summary>Pays some units and looks whether there was enough until here.</summary>
    /// <exception cref="ExhaustionException">More fuel was used than there was.</exception>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public void CheckFuel(Instr* pc, ulong* fp, long units)
    {
        Mark(pc, fp);
        _store.Control->Fuel -= units;
        _store.CheckFuel();
    }

    /// <summary>Stops the guest when that was asked for.</summary>
    /// <exception cref="TrapException">The store was interrupted.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Poll(Instr* pc, ulong* fp)
    {
        if (Volatile.Read(ref _store.Control->Interruption) == 0) return;
        Mark(pc, fp);
        Trap.Throw(TrapKind.Interrupted);
    }

    /// <summary>The address of a checked access whose address, offset and memory the word at <paramref name="pc"/> and the next tell.</summary>
    /// <exception cref="TrapException">The access reaches beyond the memory.</exception>
    public byte* FarAddress(Instr* pc, ulong* fp, uint byteCount)
    {
        MemoryCell* memory = Instance.MemoryCells[pc[1].A];
        ulong index = (pc->X & 1) != 0 ? fp[pc->B] : (uint)fp[pc->B];
        ulong offset = (ulong)pc[1].Long;
        ulong address = index + offset;
        ulong length = memory->ByteLength;
        if (address < offset || length < byteCount || address > length - byteCount) ThrowMemoryOutOfBounds(pc, fp);
        return memory->Base + address;
    }

    /// <summary>The same for an atomic access, which must be aligned.</summary>
    /// <exception cref="TrapException">The access reaches beyond the memory, or is not aligned.</exception>
    public byte* AtomicAddress(Instr* pc, ulong* fp, uint byteCount)
    {
        byte* address = FarAddress(pc, fp, byteCount);
        if (((nuint)address & (byteCount - 1)) != 0)
        {
            Mark(pc, fp);
            Trap.Throw(TrapKind.UnalignedAtomic);
        }
        return address;
    }

    /// <summary>Stops the guest because an access at <paramref name="pc"/> reaches beyond its memory.</summary>
    [DoesNotReturn]
    public void ThrowMemoryOutOfBounds(Instr* pc, ulong* fp)
    {
        Mark(pc, fp);
        throw new TrapException(TrapKind.MemoryOutOfBounds);
    }
}
