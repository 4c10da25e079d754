using System.Diagnostics;
using System.Reflection.Emit;
using Nacre.Binary;
using Nacre.Syntax;

namespace Nacre.Compiler;

/// <content>Exceptions, with the older instructions as well. Spec: Execution, Instructions, Control Instructions.</content>
/// <remarks>
/// A <c>try</c> becomes one of CIL, with a filter that asks whether a clause matches. What the clauses do stands behind it, where branches
/// may go anywhere. Filters run before any frame is left, from the inside out, which is how <c>delegate</c> tells those around it whose turn it is.
/// </remarks>
internal sealed partial class FunctionLowering
{
    // Whom an exception under way was delegated to: the number of a try, or one that no try has.
    private const int DelegatedToNobody = 0, DelegatedToCaller = int.MaxValue;

    private sealed class TryState(int number, LocalBuilder thrown, LocalBuilder selected, Label clauses)
    {
        public readonly int Number = number;
        public readonly LocalBuilder Thrown = thrown;
        public readonly LocalBuilder Selected = selected;
        public readonly Label Clauses = clauses;
        /// <summary>Tags of the clauses, in order.</summary>
        public readonly List<uint> Tags = [];
        /// <summary>Clauses of a <c>try_table</c>.</summary>
        public CatchClause[] Targets = [];
        /// <summary>Whether the body has ended and a <c>catch</c> is being lowered.</summary>
        public bool IsInClause;
        /// <summary>Where the test for the next <c>catch</c> goes.</summary>
        public Label NextClause;
        public int? DelegateTo;
        /// <summary>Position among the tries that share a region; 0 for one that has its own.</summary>
        public int NumberInRegion;
        /// <summary>Position of the try around in the same region.</summary>
        public int Around;
    }

    private int _tryCount;
    private LocalBuilder? _delegated;
    private LocalBuilder? _exception;                   // one about to be thrown

    // Of tries that have ended, but for those that share a region, whose filter uses them to its end.
    private readonly Stack<(LocalBuilder Thrown, LocalBuilder Selected)> _freeTryVariables = [];

    private bool TryLowerExceptions(ref InstructionReader reader)
    {
        switch (_opcode)
        {
            case Opcode.Throw: LowerThrow(reader.Index); return true;
            case Opcode.ThrowRef: LowerThrowRef(); return true;
            case Opcode.TryTable: LowerTryTable(ref reader); return true;
            case Opcode.Try: BeginTry(Opcode.Try, reader.Block); return true;
            case Opcode.Catch: LowerCatch(reader.Index); return true;
            case Opcode.CatchAll: LowerCatch(CatchTable.All); return true;
            case Opcode.Rethrow: LowerRethrow(reader.Index); return true;
            case Opcode.Delegate: LowerDelegate(reader.Index); return true;
            default: return false;
        }
    }

    private ValueKind[] TagKinds(uint tag) => ValueKinds.Of(_module.Tags[tag].Func!.Parameters);

    private void LowerThrow(uint tag)
    {
        ValueKind[] kinds = TagKinds(tag);
        LocalBuilder[] values = TakeIntoVariables(kinds.Length);
        PayBeforeThrow();
        LocalBuilder exception = _exception ??= _il.DeclareLocal(typeof(Runtime.ExceptionInstance));
        EmitContext();
        _il.Emit(OpCodes.Ldc_I4, (int)tag);
        _il.Emit(OpCodes.Ldc_I4, kinds.SlotCount());
        _il.Emit(OpCodes.Ldc_I4, kinds.ReferenceCount());
        EmitHelper(nameof(Support.NewException));
        _il.Emit(OpCodes.Stloc, exception);
        int slot = 0, reference = 0;
        for (int i = 0; i < kinds.Length; i++)
        {
            _il.Emit(OpCodes.Ldloc, exception);
            _il.Emit(OpCodes.Ldloc, values[i]);
            if (kinds[i] is not (ValueKind.Reference or ValueKind.V128)) Bits.EmitToBits(_il, kinds[i]);
            _il.Emit(OpCodes.Ldc_I4, kinds[i] == ValueKind.Reference ? reference++ : slot);
            EmitHelper(kinds[i] switch
            {
                ValueKind.Reference => nameof(Support.SetExceptionReference),
                ValueKind.V128 => nameof(Support.SetExceptionVector),
                _ => nameof(Support.SetExceptionSlot),
            });
            if (kinds[i] != ValueKind.Reference) slot += kinds[i] == ValueKind.V128 ? 2 : 1;
        }
        Free(values, kinds);
        _il.Emit(OpCodes.Ldloc, exception);
        EmitThrow(nameof(Support.Throw));
        EndReachable();
    }

    private void LowerThrowRef()
    {
        PayBeforeThrow();
        Take(1);
        EmitThrow(nameof(Support.Throw));
        EndReachable();
    }

    private void LowerTryTable(ref InstructionReader reader)
    {
        TryState state = BeginTry(Opcode.TryTable, reader.Block);
        var targets = new List<CatchClause>();
        foreach (CatchClause clause in reader.Catches)
        {
            state.Tags.Add(CatchClause.HasTag(clause.Kind) ? clause.Tag.Value : CatchTable.All);
            targets.Add(clause);
        }
        state.Targets = [.. targets];
    }

    private TryState BeginTry(Opcode opcode, BlockType block)
    {
        EndCopies();
        (ValueKind[] parameters, ValueKind[] results) = KindsOf(block);
        Settle();
        OpenLabel(opcode, parameters, results);
        CarriedBy(ref LabelAt(0));      // rented outside, as they are read there
        if (!_freeTryVariables.TryPop(out (LocalBuilder Thrown, LocalBuilder Selected) variables))
            variables = (_il.DeclareLocal(typeof(object)), _il.DeclareLocal(typeof(int)));
        var state = new TryState(++_tryCount, variables.Thrown, variables.Selected, _il.DefineLabel());
        LabelAt(0).Try = state;
        if (_deepRegion is not null) BeginDeepTry(state);
        else BeginRegion();
        return state;
    }

    private void BeginRegion()
    {
        if (++_tryDepth == MaxRegionDepth) BeginDeepRegion();
        // RyuJIT does not survive a try that begins where another one does, or a loop that is continued from inside.
        _il.Emit(OpCodes.Nop);
        _il.BeginExceptionBlock();
        if (_deepRegion is { } region) EmitResumption(region);
    }

    /// <summary>Ends the body: emits the filter, and leads to <see cref="TryState.Clauses"/> when a clause matches.</summary>
    private void EndTryBody(TryState state, Label end)
    {
        if (state.NumberInRegion > 0)
        {
            EndDeepTryBody(state, end);
            return;
        }
        DeepRegion? region = _deepRegion;
        _deepRegion = null;
        if (region is not null) EmitDispatch(region, end);
        _il.BeginExceptFilterBlock();
        _il.Emit(OpCodes.Stloc, state.Thrown);
        Label decided = _il.DefineLabel();
        LocalBuilder answer = state.Selected;
        _il.Emit(OpCodes.Ldc_I4, CatchTable.None);
        _il.Emit(OpCodes.Stloc, answer);
        if (region is not null) EmitDeepSelection(region, state, decided);
        if (state.DelegateTo is { } target) EmitDelegation(state, target, decided);
        else EmitSelection(state, decided);
        _il.MarkLabel(decided);
        _il.Emit(OpCodes.Ldloc, answer);
        _il.Emit(OpCodes.Ldc_I4, CatchTable.None);
        _il.Emit(OpCodes.Cgt);

        _il.BeginCatchBlock(null);
        _il.Emit(OpCodes.Pop);
        if (region is not null) EmitReturnIntoRegion(region);
        _il.Emit(OpCodes.Leave, state.Clauses);
        _il.EndExceptionBlock();
        _tryDepth--;
        _il.Emit(OpCodes.Br, end);
        _il.MarkLabel(state.Clauses);
        LoadVariants();
    }

    private void EmitSelection(TryState state, Label decided)
    {
        if (_delegated is not null)
        {
            Label isMine = _il.DefineLabel();
            _il.Emit(OpCodes.Ldloc, _delegated);
            _il.Emit(OpCodes.Brfalse, isMine);
            _il.Emit(OpCodes.Ldloc, _delegated);
            _il.Emit(OpCodes.Ldc_I4, state.Number);
            _il.Emit(OpCodes.Bne_Un, decided);
            _il.Emit(OpCodes.Ldc_I4, DelegatedToNobody);
            _il.Emit(OpCodes.Stloc, _delegated);
            _il.MarkLabel(isMine);
        }
        EmitFindClause(state);
    }

    private void EmitFindClause(TryState state)
    {
        _il.Emit(OpCodes.Ldloc, state.Thrown);
        EmitContext();
        _il.Emit(OpCodes.Ldc_I4, _code.Add(new CatchTable(state.Tags)));
        EmitHelper(nameof(Support.FindClause));
        _il.Emit(OpCodes.Stloc, state.Selected);
    }

    // One that an inner try has delegated already goes on to where that one said.
    private void EmitDelegation(TryState state, int target, Label decided)
    {
        EmitIsGuestException(state, decided);
        if (_delegated is not null)
        {
            Label isMine = _il.DefineLabel();
            _il.Emit(OpCodes.Ldloc, _delegated);
            _il.Emit(OpCodes.Brfalse, isMine);
            _il.Emit(OpCodes.Ldloc, _delegated);
            _il.Emit(OpCodes.Ldc_I4, state.Number);
            _il.Emit(OpCodes.Bne_Un, decided);
            _il.MarkLabel(isMine);
        }
        EmitDelegate(target);
    }

    private void EmitIsGuestException(TryState state, Label otherwise)
    {
        _il.Emit(OpCodes.Ldloc, state.Thrown);
        EmitHelper(nameof(Support.IsGuestException));
        _il.Emit(OpCodes.Brfalse, otherwise);
    }

    private void EmitDelegate(int target)
    {
        if (_delegated is null)
        {
            _delegated = _il.DeclareLocal(typeof(int));
            _self.InitLocals = true;
        }
        EmitSet(_delegated, target);
    }

    /// <summary>Ends a <c>try_table</c> or <c>try</c> whose label has been closed already.</summary>
    private void EndTry(TryState state, ref ControlLabel label)
    {
        if (state.NumberInRegion == 0) _freeTryVariables.Push((state.Thrown, state.Selected));
        if (state.IsInClause)
        {
            _il.MarkLabel(state.NextClause);    // never reached: one of the clauses was selected
            return;
        }
        EndTryBody(state, label.Target);
        for (int i = 0; i < state.Targets.Length; i++)
        {
            CatchClause clause = state.Targets[i];
            Label next = _il.DefineLabel();
            _il.Emit(OpCodes.Ldloc, state.Selected);
            _il.Emit(OpCodes.Ldc_I4, i);
            _il.Emit(OpCodes.Bne_Un, next);
            if (CatchClause.HasTag(clause.Kind)) EmitCaughtValues(state, TagKinds(clause.Tag.Value));
            if (clause.Kind is CatchKind.CatchRef or CatchKind.CatchAllRef) EmitCaught(state);
            EmitBranchFromStack(clause.Label.Value, below: 0);
            _il.MarkLabel(next);
        }
        // Behind the last clause: never reached.
        _il.Emit(OpCodes.Ldnull);
        _il.Emit(OpCodes.Throw);
    }

    private void EmitCaught(TryState state)
    {
        _il.Emit(OpCodes.Ldloc, state.Thrown);
        EmitHelper(nameof(Support.Caught));
    }

    private void EmitCaughtValues(TryState state, ValueKind[] kinds)
    {
        int slot = 0, reference = 0;
        foreach (ValueKind kind in kinds)
        {
            EmitCaught(state);
            if (kind == ValueKind.Reference)
            {
                _il.Emit(OpCodes.Ldc_I4, reference++);
                EmitHelper(nameof(Support.ExceptionReference));
                continue;
            }
            _il.Emit(OpCodes.Ldc_I4, slot);
            EmitHelper(kind == ValueKind.V128 ? nameof(Support.ExceptionVector) : nameof(Support.ExceptionSlot));
            if (kind == ValueKind.V128) slot += 2;
            else
            {
                Bits.EmitFromBits(_il, kind);
                slot++;
            }
        }
    }

    /// <summary>Begins a <c>catch</c> or <c>catch_all</c> part.</summary>
    private void LowerCatch(uint tag)
    {
        ref ControlLabel label = ref LabelAt(0);
        TryState state = label.Try!;
        if (!_isUnreachable)
        {
            StoreInto(CarriedBy(ref label));
            EmitSettlement(ref label);
            if (state.IsInClause) _il.Emit(OpCodes.Br, label.Target);
            label.IsTarget = true;
        }
        ResetTo(in label);
        if (state.IsInClause) _il.MarkLabel(state.NextClause);
        else EndTryBody(state, label.Target);
        state.IsInClause = true;
        label.Opcode = Opcode.Catch;

        state.Tags.Add(tag);
        state.NextClause = _il.DefineLabel();
        _il.Emit(OpCodes.Ldloc, state.Selected);
        _il.Emit(OpCodes.Ldc_I4, state.Tags.Count - 1);
        _il.Emit(OpCodes.Bne_Un, state.NextClause);
        _isUnreachable = false;
        _owed = 0;
        if (tag != CatchTable.All)
        {
            ValueKind[] kinds = TagKinds(tag);
            EmitCaughtValues(state, kinds);
            foreach (ValueKind kind in kinds) PushStack(kind);
        }
    }

    private void LowerRethrow(uint depth)
    {
        PayBeforeThrow();
        EmitCaught(LabelAt(depth).Try!);
        EmitThrow(nameof(Support.Throw));
        EndReachable();
    }

    private void LowerDelegate(uint depth)
    {
        // The label counts from outside of the try that ends here.
        LabelAt(0).Try!.DelegateTo = TryAround(_labelCount - 2 - (int)depth);
        LowerEnd();
    }

    /// <summary>The try that protects the block at <paramref name="label"/>, or protects it from outside.</summary>
    private int TryAround(int label)
    {
        for (; label >= 0; label--)
            if (_labels[label].Try is { IsInClause: false } state) return state.Number;
        return DelegatedToCaller;
    }
}
