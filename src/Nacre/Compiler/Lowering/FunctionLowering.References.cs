using System.Reflection.Emit;
using Nacre.Binary;
using Nacre.Syntax;
using Nacre.Validation;

namespace Nacre.Compiler;

/// <content>References, casts and <c>i31</c>. Spec: Execution, Instructions, Reference Instructions.</content>
internal sealed partial class FunctionLowering
{
    // In the flags of a branch on a cast: whether the target type admits null.
    private const int TargetAdmitsNull = 2;

    private bool TryLowerReference(ref InstructionReader reader)
    {
        switch (_opcode)
        {
            case Opcode.RefNull: PushConstant(ValueKind.Reference, 0); return true;
            case Opcode.RefFunc: LowerRefFunc(reader.Index); return true;
            case Opcode.RefIsNull: LowerRefIsNull(); return true;
            case Opcode.RefAsNonNull: LowerUnary(nameof(Support.RefAsNonNull), ValueKind.Reference); return true;
            case Opcode.RefEq: LowerRefEq(); return true;
            case Opcode.RefTest: LowerRefTest(reader.Heap, nullPasses: false); return true;
            case Opcode.RefTestNull: LowerRefTest(reader.Heap, nullPasses: true); return true;
            case Opcode.RefCast: LowerRefCast(reader.Heap, nullPasses: false); return true;
            case Opcode.RefCastNull: LowerRefCast(reader.Heap, nullPasses: true); return true;
            case Opcode.BrOnNull: LowerBranchOnNull(reader.Index); return true;
            case Opcode.BrOnNonNull: EmitConditionalReferenceBranch(reader.Index, isOnNull: false); return true;
            case Opcode.BrOnCast: LowerBranchOnCast(ref reader, onFailure: false); return true;
            case Opcode.BrOnCastFail: LowerBranchOnCast(ref reader, onFailure: true); return true;
            case Opcode.RefI31: LowerUnary(nameof(Support.RefI31), ValueKind.Reference); return true;
            case Opcode.I31GetS: LowerUnary(nameof(Support.I31GetS), ValueKind.I32); return true;
            case Opcode.I31GetU: LowerUnary(nameof(Support.I31GetU), ValueKind.I32); return true;
            case Opcode.AnyConvertExtern: LowerUnary(nameof(Support.AnyConvertExtern), ValueKind.Reference); return true;
            case Opcode.ExternConvertAny: LowerUnary(nameof(Support.ExternConvertAny), ValueKind.Reference); return true;
            default: return TryLowerAggregate(ref reader);
        }
    }

    private void LowerUnary(string helper, ValueKind result)
    {
        Take(1);
        EmitHelper(helper);
        PushStack(result);
    }

    private void LowerRefFunc(uint function)
    {
        LoadAll();
        EmitContext();
        _il.Emit(OpCodes.Ldc_I4, (int)function);
        EmitHelper(nameof(Support.RefFunc));
        PushStack(ValueKind.Reference);
    }

    private void LowerRefIsNull()
    {
        Take(1);
        _il.Emit(OpCodes.Ldnull);
        _il.Emit(OpCodes.Ceq);
        PushStack(ValueKind.I32);
    }

    private void LowerRefEq()
    {
        Take(2);
        EmitHelper(nameof(Support.RefEq));
        PushStack(ValueKind.I32);
    }

    /// <summary>Emits the test of the reference on CIL's stack, or its cast.</summary>
    private void EmitTest(HeapType type, bool nullPasses, bool isCast)
    {
        DefinedType? defined = type.IsDefined ? _module.Types[type.Index] : null;
        if (defined is null) _il.Emit(OpCodes.Ldc_I4, (int)type.Abstract);
        else EmitType(type.Index);
        bool mayHaveSubtypes = defined is { Func: null, IsFinal: false };
        if (mayHaveSubtypes) _il.Emit(OpCodes.Ldc_I4, defined!.Depth);
        _il.Emit(OpCodes.Ldc_I4, nullPasses ? 1 : 0);
        EmitHelper(defined is null ? (isCast ? nameof(Support.CastAbstract) : nameof(Support.IsAbstract))
            : defined.Func is not null ? (isCast ? nameof(Support.CastFunction) : nameof(Support.IsFunction))
            : mayHaveSubtypes ? (isCast ? nameof(Support.CastAggregate) : nameof(Support.IsAggregate))
            : isCast ? nameof(Support.CastFinal) : nameof(Support.IsFinal));
    }

    private void EmitType(uint type)
    {
        EmitContextField(Members.Types);
        _il.Emit(OpCodes.Ldc_I4, (int)type);
        _il.Emit(OpCodes.Ldelem_Ref);
    }

    private void LowerRefTest(HeapType type, bool nullPasses)
    {
        Take(1);
        EmitTest(type, nullPasses, isCast: false);
        PushStack(ValueKind.I32);
    }

    private void LowerRefCast(HeapType type, bool nullPasses)
    {
        Take(1);
        EmitTest(type, nullPasses, isCast: true);
        PushStack(ValueKind.Reference);
    }

    // The reference stays when the branch is not taken, and is not carried when it is.
    private void LowerBranchOnNull(uint depth)
    {
        Operand reference = SettleTop();
        _count--;
        Push(reference with { OwnsVariable = false });
        EmitConditionalReferenceBranch(depth, isOnNull: true);
        Push(reference);
    }

    /// <summary>Gives the topmost operand a home that it can be loaded from again; nothing is on CIL's stack.</summary>
    private Operand SettleTop()
    {
        Unstack();
        return Top;
    }

    // On null, the reference is gone either way; on non-null it is carried with the branch and gone when that is not taken.
    private void EmitConditionalReferenceBranch(uint depth, bool isOnNull)
    {
        if (isOnNull)
        {
            EmitConditionalBranch(depth, OpCodes.Brfalse, OpCodes.Brtrue, keepsOperand: false);
            return;
        }
        SettleTop();
        EmitConditionalBranch(depth, OpCodes.Brtrue, OpCodes.Brfalse, keepsOperand: true);
        Drop();
    }

    // The reference is carried with the branch and stays when it is not taken.
    private void LowerBranchOnCast(ref InstructionReader reader, bool onFailure)
    {
        SettleTop();
        Label skip = _il.DefineLabel();
        EmitLoad(in Top);
        EmitTest(reader.Heap2, (reader.CastFlags & TargetAdmitsNull) != 0, isCast: false);
        _il.Emit(onFailure ? OpCodes.Brtrue : OpCodes.Brfalse, skip);
        EmitCarried(reader.Index);
        EmitBranchFromStack(reader.Index, below: 0);
        _il.MarkLabel(skip);
    }
}
