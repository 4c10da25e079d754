using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Nacre.Interpreter;

/// <content>Going over to compiled code, where the engine has any.</content>
internal unsafe partial class InterpreterThread
{
    // Asks again after so many words, seconds later.
    private const uint NotSoon = int.MaxValue;

    /// <summary>Tells the module that the function at <paramref name="pc"/> has counted down to nothing.</summary>
    /// <returns>Where execution goes on: in compiled code, if there is some already and the function has only just begun.</returns>
    public Instr* BecomeHot(Instr* pc, ulong* fp)
    {
        Mark(pc, fp);
        var module = (InterpretedModule)Instance.Code;
        FunctionCode function = module.Find(pc);
        bool isEntry = pc->B == 0;
        (pc - pc->B)->A = NotSoon;
        int definedIndex = module.Module.DefinedIndexOf(function.Index);
        module.BecomeHot(definedIndex, Instance);

        Instr* header = Entries[definedIndex];
        if (!isEntry || header == function.Header) return pc + 1;
        // The arguments are where the caller put them, and the frame is not smaller than the one that takes its place.
        ulong* record = fp + function.Header->A;
        return Enter(header, fp, (Instr*)record[0], (ulong*)record[1]);
    }

    /// <summary>Calls compiled code, whose arguments are the frame's first slots and references. Its results replace them.</summary>
    public void CallCompiled(Instr* pc, ulong* fp)
    {
        Mark(pc, fp);
        Instr* header = pc - FunctionCode.HeaderWordCount;
        ref object? references = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_references), ReferenceBase);

        // Calls that the host makes from there on begin behind this frame. Whoever catches an exception puts this back.
        ulong* top = _top;
        int referenceTop = _referenceTop;
        _top = fp + header->C;
        _referenceTop = ReferenceBase + (int)header[1].C;
        CallCompiled(pc->B, pc[1].Long, ref *fp, ref references);
        _top = top;
        _referenceTop = referenceTop;
    }

    /// <summary>Calls compiled code.</summary>
    /// <param name="definedIndex">A function of the running instance.</param>
    /// <param name="caller">What the engine gave to call it by.</param>
    /// <param name="slots">Its first argument that is a number, and place of its first such result.</param>
    /// <param name="references">The same for references. Not to be touched where the function has none.</param>
    protected virtual void CallCompiled(uint definedIndex, long caller, ref ulong slots, ref object? references)
        => throw new UnreachableException("an engine without compiled code");
}
