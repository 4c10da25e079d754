using System.Reflection.Emit;
using Nacre.Binary;
using Nacre.Runtime;
using Nacre.Syntax;

namespace Nacre.Compiler;

/// <content>Arrays. Spec: Execution, Instructions, Aggregate Instructions.</content>
internal sealed partial class FunctionLowering
{
    private bool TryLowerAggregate(ref InstructionReader reader)
    {
        uint type = reader.Index, second = reader.Index2;
        switch (_opcode)
        {
            case Opcode.ArrayNew: LowerArrayNew(type); return true;
            case Opcode.ArrayNewDefault: LowerArrayNewDefault(type); return true;
            case Opcode.ArrayNewFixed: LowerArrayNewFixed(type, (int)second); return true;
            case Opcode.ArrayNewData: LowerArrayNewData(type, (int)second); return true;
            case Opcode.ArrayNewElem: LowerArrayNewElem(type, (int)second); return true;
            case Opcode.ArrayGet or Opcode.ArrayGetU: LowerArrayGet(type, isSigned: false); return true;
            case Opcode.ArrayGetS: LowerArrayGet(type, isSigned: true); return true;
            case Opcode.ArraySet: LowerArraySet(type); return true;
            case Opcode.ArrayLen: LowerUnary(nameof(Support.ArrayLength), ValueKind.I32); return true;
            case Opcode.ArrayFill: LowerArrayFill(type); return true;
            case Opcode.ArrayCopy: LowerArrayCopy(type); return true;
            case Opcode.ArrayInitData: LowerArrayInitData(type, (int)second); return true;
            case Opcode.ArrayInitElem: LowerArrayInitElem((int)second); return true;
            default: return TryLowerStruct(type, (int)second);
        }
    }

    private StorageType ElementOf(uint type) => _module.Types[type].Array!.Element.Storage;

    private FieldAccess ElementAccess(uint type, bool isSigned = false) => FieldAccesses.Of(ElementOf(type), isSigned);

    private ValueKind ElementKind(uint type) => ValueKinds.Of(ElementOf(type).Unpacked);

    /// <summary>Extends a packed value from its low bits.</summary>
    private void EmitExtension(FieldAccess access)
    {
        switch (access)
        {
            case FieldAccess.Unsigned8: _il.Emit(OpCodes.Conv_U1); break;
            case FieldAccess.Signed8: _il.Emit(OpCodes.Conv_I1); break;
            case FieldAccess.Unsigned16: _il.Emit(OpCodes.Conv_U2); break;
            case FieldAccess.Signed16: _il.Emit(OpCodes.Conv_I2); break;
        }
    }

    private void EmitNewArray(uint type)
    {
        EmitContext();
        _il.Emit(OpCodes.Ldc_I4, (int)type);
        _il.Emit(OpCodes.Ldc_I4, (int)ElementAccess(type));
        EmitHelper(nameof(Support.NewArray));
    }

    private void LowerArrayNewDefault(uint type)
    {
        Take(1);
        EmitNewArray(type);
        PushStack(ValueKind.Reference);
    }

    private void LowerArrayNew(uint type)
    {
        ValueKind kind = ElementKind(type);
        LocalBuilder[] operands = TakeIntoVariables(2);
        LocalBuilder array = Rent(ValueKind.Reference);
        _il.Emit(OpCodes.Ldloc, operands[1]);
        EmitNewArray(type);
        _il.Emit(OpCodes.Stloc, array);
        _il.Emit(OpCodes.Ldloc, array);
        _il.Emit(OpCodes.Ldc_I4_0);
        _il.Emit(OpCodes.Ldloc, operands[0]);
        EmitElementConversion(kind);
        _il.Emit(OpCodes.Ldloc, operands[1]);
        EmitHelper(FillOf(ElementAccess(type)));
        _il.Emit(OpCodes.Ldloc, array);
        Free(operands, [kind, ValueKind.I32]);
        Free(array, ValueKind.Reference);
        PushStack(ValueKind.Reference);
    }

    private void LowerArrayNewFixed(uint type, int count)
    {
        ValueKind kind = ElementKind(type);
        var kinds = new ValueKind[count];
        Array.Fill(kinds, kind);
        LocalBuilder[] values = TakeIntoVariables(count);
        LocalBuilder array = Rent(ValueKind.Reference);
        _il.Emit(OpCodes.Ldc_I4, count);
        EmitNewArray(type);
        _il.Emit(OpCodes.Stloc, array);
        for (int i = 0; i < count; i++)
        {
            _il.Emit(OpCodes.Ldloc, array);
            _il.Emit(OpCodes.Ldc_I4, i);
            _il.Emit(OpCodes.Ldloc, values[i]);
            EmitElementStore(type);
        }
        Free(values, kinds);
        _il.Emit(OpCodes.Ldloc, array);
        Free(array, ValueKind.Reference);
        PushStack(ValueKind.Reference);
    }

    private void LowerArrayNewData(uint type, int segment)
    {
        Take(2);
        EmitContext();
        _il.Emit(OpCodes.Ldc_I4, (int)type);
        _il.Emit(OpCodes.Ldc_I4, (int)ElementAccess(type));
        _il.Emit(OpCodes.Ldc_I4, segment);
        EmitHelper(nameof(Support.NewArrayFromData));
        PushStack(ValueKind.Reference);
    }

    private void LowerArrayNewElem(uint type, int segment)
    {
        Take(2);
        EmitContext();
        _il.Emit(OpCodes.Ldc_I4, (int)type);
        _il.Emit(OpCodes.Ldc_I4, segment);
        EmitHelper(nameof(Support.NewArrayFromElements));
        PushStack(ValueKind.Reference);
    }

    private void LowerArrayGet(uint type, bool isSigned)
    {
        FieldAccess access = ElementAccess(type, isSigned);
        Take(2);
        EmitHelper(access switch
        {
            FieldAccess.Unsigned8 or FieldAccess.Signed8 => nameof(Support.ArrayGet8),
            FieldAccess.Unsigned16 or FieldAccess.Signed16 => nameof(Support.ArrayGet16),
            FieldAccess.Number32 => nameof(Support.ArrayGet32),
            FieldAccess.Number64 => nameof(Support.ArrayGet64),
            FieldAccess.Vector => nameof(Support.ArrayGetVector),
            _ => nameof(Support.ArrayGetReference),
        });
        EmitExtension(access);
        ValueKind kind = ElementKind(type);
        if (kind == ValueKind.F32) _il.Emit(OpCodes.Call, Members.F32FromBits);
        if (kind == ValueKind.F64) _il.Emit(OpCodes.Call, Members.F64FromBits);
        PushStack(kind);
    }

    private void LowerArraySet(uint type)
    {
        Take(3);
        EmitElementStore(type);
    }

    // A float travels as its bits, as a number of the same width.
    private void EmitElementConversion(ValueKind kind)
    {
        if (kind == ValueKind.F32) _il.Emit(OpCodes.Call, Members.F32ToBits);
        if (kind == ValueKind.F64) _il.Emit(OpCodes.Call, Members.F64ToBits);
    }

    private void EmitElementStore(uint type)
    {
        EmitElementConversion(ElementKind(type));
        EmitHelper(ElementAccess(type) switch
        {
            FieldAccess.Unsigned8 => nameof(Support.ArraySet8),
            FieldAccess.Unsigned16 => nameof(Support.ArraySet16),
            FieldAccess.Number32 => nameof(Support.ArraySet32),
            FieldAccess.Number64 => nameof(Support.ArraySet64),
            FieldAccess.Vector => nameof(Support.ArraySetVector),
            _ => nameof(Support.ArraySetReference),
        });
    }

    private static string FillOf(FieldAccess access) => access switch
    {
        FieldAccess.Unsigned8 => nameof(Support.ArrayFill8),
        FieldAccess.Unsigned16 => nameof(Support.ArrayFill16),
        FieldAccess.Number32 => nameof(Support.ArrayFill32),
        FieldAccess.Number64 => nameof(Support.ArrayFill64),
        FieldAccess.Vector => nameof(Support.ArrayFillVector),
        _ => nameof(Support.ArrayFillReference),
    };

    private void LowerArrayFill(uint type)
    {
        ValueKind kind = ElementKind(type);
        if (kind is ValueKind.F32 or ValueKind.F64)
        {
            LocalBuilder count = TakeIntoVariables(1)[0];
            Load(1);
            EmitElementConversion(kind);
            Top.Kind = kind == ValueKind.F32 ? ValueKind.I32 : ValueKind.I64;
            _il.Emit(OpCodes.Ldloc, count);
            Free(count, ValueKind.I32);
            PushStack(ValueKind.I32);
        }
        Take(4);
        EmitHelper(FillOf(ElementAccess(type)));
    }

    private void LowerArrayCopy(uint type)
    {
        Take(5);
        _il.Emit(OpCodes.Ldc_I4, (int)ElementAccess(type));
        EmitHelper(nameof(Support.ArrayCopy));
    }

    private void LowerArrayInitData(uint type, int segment)
    {
        Take(4);
        EmitContext();
        _il.Emit(OpCodes.Ldc_I4, (int)ElementAccess(type));
        _il.Emit(OpCodes.Ldc_I4, segment);
        EmitHelper(nameof(Support.ArrayInitData));
    }

    private void LowerArrayInitElem(int segment)
    {
        Take(4);
        EmitContext();
        _il.Emit(OpCodes.Ldc_I4, segment);
        EmitHelper(nameof(Support.ArrayInitElem));
    }
}
