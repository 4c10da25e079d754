using System.Reflection.Emit;
using System.Runtime.Intrinsics;
using Nacre.Binary;
using Nacre.Syntax;

namespace Nacre.Compiler;

/// <content>Locals, globals, constants and the parametric instructions.</content>
internal sealed unsafe partial class FunctionLowering
{
    private bool TryLowerVariable(ref InstructionReader reader)
    {
        switch (_opcode)
        {
            case Opcode.LocalGet: Push(new Operand { Kind = LocalKind(reader.Index), Home = Home.Local, Local = OldestEqual(reader.Index) }); return true;
            case Opcode.LocalSet: LowerLocalSet(reader.Index); return true;
            case Opcode.LocalTee: LowerLocalTee(reader.Index); return true;
            case Opcode.GlobalGet: LowerGlobalGet(reader.Index); return true;
            case Opcode.GlobalSet: LowerGlobalSet(reader.Index); return true;
            case Opcode.I32Const:
                if (!TryLowerReversal(ref reader)) PushConstant(ValueKind.I32, reader.Bits);
                return true;
            case Opcode.I64Const: PushConstant(ValueKind.I64, reader.Bits); return true;
            case Opcode.F32Const: PushConstant(ValueKind.F32, reader.Bits); return true;
            case Opcode.F64Const: PushConstant(ValueKind.F64, reader.Bits); return true;
            case Opcode.V128Const: LowerVectorConstant(ref reader); return true;
            case Opcode.Drop: Drop(); return true;
            case Opcode.Select or Opcode.SelectT: LowerSelect(); return true;
            default: return false;
        }
    }

    private void LowerLocalSet(uint local)
    {
        if (IsHeldBy(local))
        {
            if (Survey is not null) Survey.SavedLocalUseCount += 2;
            _count--;
            return;
        }
        uint? source = Top.Home == Home.Local ? Top.Local : null;
        for (int i = _base0 + _onStack; i < _count - 1; i++)
        {
            if (_operands[i].Home != Home.Local || _operands[i].Local != local) continue;
            LoadAll();
            break;
        }
        EmitLoad(in Top);
        RememberOrigin(local, IsFloatConstant(in Top) ? Origin.None : OriginOf(in Top));     // Which is hidden then.
        EmitLocalStore(local);
        RememberValue(local, source);
        if (Top.Home == Home.Stack) _onStack--;
        Forget(ref Top);
        _count--;
    }

    private static bool IsFloatConstant(in Operand operand) => operand.Home == Home.Constant && operand.Kind is ValueKind.F32 or ValueKind.F64;

    private void LowerLocalTee(uint local)
    {
        Operand value = Top;
        LowerLocalSet(local);
        if (value.Home == Home.Constant) Push(value);
        else Push(new Operand { Kind = value.Kind, Home = Home.Local, Local = OldestEqual(local) });
    }

    private void LowerGlobalGet(uint global)
    {
        ValueKind kind = ValueKinds.Of(_module.Globals[(int)global].Value);
        LoadAll();
        if (kind == ValueKind.Reference)
        {
            EmitContext();
            _il.Emit(OpCodes.Ldc_I4, (int)global);
            EmitHelper(nameof(Support.GlobalReference));
        }
        else
        {
            EmitGlobalCell(global);
            Bits.EmitLoad(_il, kind);
        }
        PushStack(kind);
    }

    private void LowerGlobalSet(uint global)
    {
        ValueKind kind = Top.Kind;
        if (kind == ValueKind.Reference)
        {
            Take(1);
            EmitContext();
            _il.Emit(OpCodes.Ldc_I4, (int)global);
            EmitHelper(nameof(Support.SetGlobalReference));
            return;
        }
        LocalBuilder[] value = TakeIntoVariables(1);
        EmitGlobalCell(global);
        _il.Emit(OpCodes.Ldloc, value[0]);
        Bits.EmitShortStore(_il, kind);
        Free(value[0], kind);
    }

    private void EmitGlobalCell(uint global)
    {
        _il.Emit(OpCodes.Ldloc, _globals!);
        if (global != 0)
        {
            _il.Emit(OpCodes.Ldc_I4, checked((int)global * sizeof(ulong*)));
            _il.Emit(OpCodes.Conv_I);
            _il.Emit(OpCodes.Add);
        }
        _il.Emit(OpCodes.Ldind_I);
    }

    // [first second condition]: one is chosen without a branch where RyuJIT sees how.
    private void LowerSelect()
    {
        ValueKind kind = _operands[_count - 2].Kind;
        Origin origin = OriginOfTop(3);
        LocalBuilder[] operands = TakeIntoVariables(3);
        Unstack();
        Label isFirst = _il.DefineLabel();
        _il.Emit(OpCodes.Ldloc, operands[2]);
        _il.Emit(OpCodes.Brtrue, isFirst);
        _il.Emit(OpCodes.Ldloc, operands[1]);
        _il.Emit(OpCodes.Stloc, operands[0]);
        _il.MarkLabel(isFirst);
        Free(operands[1], kind);
        Free(operands[2], ValueKind.I32);
        PushVariable(kind, operands[0], owns: true, origin);
    }

    private void EmitHelper(string name) => _il.Emit(OpCodes.Call, Members.Helper(name));
}
