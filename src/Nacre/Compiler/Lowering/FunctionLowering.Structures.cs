using System.Reflection.Emit;
using Nacre.Runtime;
using Nacre.Syntax;

namespace Nacre.Compiler;

/// <content>Structures: objects of the class that their type's layout names, and accesses to its fields.</content>
internal sealed partial class FunctionLowering
{
    private bool TryLowerStruct(uint type, int field)
    {
        switch (_opcode)
        {
            case Opcode.StructNew: LowerStructNew(type); return true;
            case Opcode.StructNewDefault:
                LoadAll();
                EmitNewStruct(type);
                PushStack(ValueKind.Reference);
                return true;
            case Opcode.StructGet or Opcode.StructGetU: LowerStructGet(type, field, isSigned: false); return true;
            case Opcode.StructGetS: LowerStructGet(type, field, isSigned: true); return true;
            case Opcode.StructSet: LowerStructSet(type, field); return true;
            default: return false;
        }
    }

    private StructLayout LayoutAt(uint type) => StructLayout.Of(_module.Types[type]);

    private StorageType StorageAt(uint type, int field) => _module.Types[type].Struct!.Fields[field].Storage;

    private void EmitNewStruct(uint type)
    {
        EmitType(type);
        StructLayout layout = LayoutAt(type);
        if (layout.IsCompact) _il.Emit(OpCodes.Newobj, Members.ConstructorOf(layout.Prototype));
        else EmitHelper(nameof(Support.NewStruct));
    }

    private void LowerStructNew(uint type)
    {
        StructField[] fields = LayoutAt(type).Fields;
        var kinds = new ValueKind[fields.Length];
        var isZero = new bool[fields.Length];
        for (int i = 0; i < fields.Length; i++)
        {
            ref Operand operand = ref _operands[_count - fields.Length + i];
            kinds[i] = operand.Kind;
            isZero[i] = operand.Home == Home.Constant && operand.Bits == 0;
        }
        LocalBuilder[] values = TakeIntoVariables(fields.Length);
        LocalBuilder structure = Rent(ValueKind.Reference);
        EmitNewStruct(type);
        _il.Emit(OpCodes.Stloc, structure);
        for (int i = 0; i < fields.Length; i++)
        {
            if (!isZero[i]) EmitFieldStore(type, fields[i], structure, values[i]);
        }
        Free(values, kinds);
        _il.Emit(OpCodes.Ldloc, structure);
        Free(structure, ValueKind.Reference);
        PushStack(ValueKind.Reference);
    }

    private void LowerStructSet(uint type, int field)
    {
        ValueKind kind = Top.Kind;
        LocalBuilder[] operands = TakeIntoVariables(2);
        _il.Emit(OpCodes.Ldloc, operands[0]);
        EmitHelper(nameof(Support.Struct));
        _il.Emit(OpCodes.Pop);
        EmitFieldStore(type, LayoutAt(type).Fields[field], operands[0], operands[1]);
        Free(operands, [ValueKind.Reference, kind]);
    }

    private void LowerStructGet(uint type, int index, bool isSigned)
    {
        StorageType storage = StorageAt(type, index);
        StructField field = LayoutAt(type).Fields[index];
        if (field.Access == FieldAccess.Vector) EmitVectorLoad(type, field);
        else
        {
            Take(1);
            EmitHelper(nameof(Support.Struct));
            EmitAddressOf(type, field.First, isReference: field.Access == FieldAccess.Reference);
            _il.Emit(LoadOf(storage, isSigned));
        }
        PushStack(ValueKinds.Of(storage.Unpacked));
    }

    // The halves need not lie beside each other.
    private void EmitVectorLoad(uint type, StructField field)
    {
        LocalBuilder structure = TakeIntoVariables(1)[0];
        _il.Emit(OpCodes.Ldloc, structure);
        EmitHelper(nameof(Support.Struct));
        EmitAddressOf(type, field.First, isReference: false);
        _il.Emit(OpCodes.Ldind_I8);
        _il.Emit(OpCodes.Ldloc, structure);
        EmitAddressOf(type, field.Second, isReference: false);
        _il.Emit(OpCodes.Ldind_I8);
        _il.Emit(OpCodes.Call, Members.VectorOf);
        _il.Emit(OpCodes.Call, Members.AsBytes);
        Free(structure, ValueKind.Reference);
    }

    // The structure is known not to be null.
    private void EmitFieldStore(uint type, StructField field, LocalBuilder structure, LocalBuilder value)
    {
        _il.Emit(OpCodes.Ldloc, structure);
        EmitAddressOf(type, field.First, isReference: field.Access == FieldAccess.Reference);
        _il.Emit(OpCodes.Ldloc, value);
        if (field.Access == FieldAccess.Vector)
        {
            EmitHelper(nameof(Support.LowHalf));
            _il.Emit(OpCodes.Stind_I8);
            _il.Emit(OpCodes.Ldloc, structure);
            EmitAddressOf(type, field.Second, isReference: false);
            _il.Emit(OpCodes.Ldloc, value);
            EmitHelper(nameof(Support.HighHalf));
        }
        _il.Emit(StoreOf(field.Access, isFloat: value.LocalType == typeof(float) || value.LocalType == typeof(double)));
    }

    /// <summary>The address of a place takes that of the structure on CIL's stack.</summary>
    private void EmitAddressOf(uint type, StructPlace place, bool isReference)
    {
        if (place.Level < 0)
        {
            _il.Emit(OpCodes.Ldc_I4, place.Place);
            EmitHelper(isReference ? nameof(Support.ReferenceInRest) : nameof(Support.NumberInRest));
            return;
        }
        _il.Emit(OpCodes.Ldflda, Members.BlockOf(LayoutAt(type).Prototype, place.Level));
        if (place.ByteOffset == 0) return;
        _il.Emit(OpCodes.Ldc_I4, place.ByteOffset);
        _il.Emit(OpCodes.Add);
    }

    private static OpCode LoadOf(StorageType storage, bool isSigned)
    {
        if (storage == StorageType.I8) return isSigned ? OpCodes.Ldind_I1 : OpCodes.Ldind_U1;
        if (storage == StorageType.I16) return isSigned ? OpCodes.Ldind_I2 : OpCodes.Ldind_U2;
        return ValueKinds.Of(storage.Unpacked) switch
        {
            ValueKind.I32 => OpCodes.Ldind_I4,
            ValueKind.F32 => OpCodes.Ldind_R4,
            ValueKind.F64 => OpCodes.Ldind_R8,
            ValueKind.Reference => OpCodes.Ldind_Ref,
            _ => OpCodes.Ldind_I8,
        };
    }

    private static OpCode StoreOf(FieldAccess access, bool isFloat) => access switch
    {
        FieldAccess.Unsigned8 => OpCodes.Stind_I1,
        FieldAccess.Unsigned16 => OpCodes.Stind_I2,
        FieldAccess.Number32 => isFloat ? OpCodes.Stind_R4 : OpCodes.Stind_I4,
        FieldAccess.Reference => OpCodes.Stind_Ref,
        _ => access == FieldAccess.Number64 && isFloat ? OpCodes.Stind_R8 : OpCodes.Stind_I8,
    };
}
