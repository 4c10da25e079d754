using System.Reflection.Emit;
using System.Runtime.Intrinsics;

namespace Nacre.Compiler;

/// <summary>Emits what loads or stores values one after another where a <see cref="Runtime.HostFrame"/> has them.</summary>
/// <remarks>Numbers take a slot each and vectors two; references lie apart. A number of 32 bits is stored with zeros above.</remarks>
/// <param name="il">The method.</param>
/// <param name="loadSlots">Pushes the place of the first slot.</param>
/// <param name="loadReferences">Pushes the place of the first reference.</param>
internal sealed class ValuePlace(ILGenerator il, Action loadSlots, Action loadReferences)
{
    private int _slot;
    private int _reference;

    /// <summary>Pushes the next value.</summary>
    public void Load(ValueKind kind)
    {
        if (kind == ValueKind.Reference)
        {
            LoadReferencePlace();
            il.Emit(OpCodes.Ldind_Ref);
            return;
        }
        LoadSlotAddress();
        Bits.EmitLoad(il, kind);
        _slot += kind.SlotCount();
    }

    /// <summary>Pops the next value.</summary>
    public void Store(ValueKind kind)
    {
        LocalBuilder value = il.DeclareLocal(kind.ClrType());
        il.Emit(OpCodes.Stloc, value);
        if (kind == ValueKind.Reference)
        {
            LoadReferencePlace();
            il.Emit(OpCodes.Ldloc, value);
            il.Emit(OpCodes.Stind_Ref);
            return;
        }
        LoadSlotAddress();
        il.Emit(OpCodes.Ldloc, value);
        Bits.EmitStore(il, kind);
        _slot += kind.SlotCount();
    }

    private void LoadSlotAddress()
    {
        loadSlots();
        if (_slot == 0) return;
        il.Emit(OpCodes.Ldc_I4, _slot * sizeof(ulong));
        il.Emit(OpCodes.Conv_I);
        il.Emit(OpCodes.Add);
    }

    private void LoadReferencePlace()
    {
        loadReferences();
        int index = _reference++;
        if (index == 0) return;
        il.Emit(OpCodes.Ldc_I4, index);
        il.Emit(OpCodes.Conv_I);
        il.Emit(OpCodes.Sizeof, typeof(object));
        il.Emit(OpCodes.Mul);
        il.Emit(OpCodes.Add);
    }
}

/// <summary>Emits what loads or stores the results of a call but the first.</summary>
internal sealed class ExtraResults(ILGenerator il, Action loadStore)
{
    private int _slot;
    private int _reference;

    /// <summary>Pushes the next result.</summary>
    public void Load(ValueKind kind)
    {
        if (kind == ValueKind.Reference)
        {
            loadStore();
            il.Emit(OpCodes.Ldc_I4, _reference++);
            il.Emit(OpCodes.Call, Members.TakeResultReference);
            return;
        }
        LoadSlotAddress(kind);
        Bits.EmitLoad(il, kind);
    }

    /// <summary>Pops the next result.</summary>
    public void Store(ValueKind kind)
    {
        LocalBuilder value = il.DeclareLocal(kind.ClrType());
        il.Emit(OpCodes.Stloc, value);
        Store(kind, value);
    }

    /// <summary>Stores the next result out of a variable.</summary>
    public void Store(ValueKind kind, LocalBuilder value)
    {
        if (kind == ValueKind.Reference)
        {
            loadStore();
            il.Emit(OpCodes.Ldc_I4, _reference++);
            il.Emit(OpCodes.Ldloc, value);
            il.Emit(OpCodes.Call, Members.PutResultReference);
            return;
        }
        LoadSlotAddress(kind);
        il.Emit(OpCodes.Ldloc, value);
        Bits.EmitStore(il, kind);
    }

    private void LoadSlotAddress(ValueKind kind)
    {
        loadStore();
        il.Emit(OpCodes.Ldc_I4, _slot);
        il.Emit(OpCodes.Call, Members.ResultSlot);
        _slot += kind.SlotCount();
    }
}

/// <summary>Numbers as the bits of a slot.</summary>
internal static class Bits
{
    /// <summary>Emits a load of a number or vector from the address on the stack.</summary>
    public static void EmitLoad(ILGenerator il, ValueKind kind)
    {
        switch (kind)
        {
            case ValueKind.I32: il.Emit(OpCodes.Ldind_I4); break;
            case ValueKind.I64: il.Emit(OpCodes.Ldind_I8); break;
            case ValueKind.F32: il.Emit(OpCodes.Ldind_R4); break;
            case ValueKind.F64: il.Emit(OpCodes.Ldind_R8); break;
            default:
                il.Emit(OpCodes.Unaligned, (byte)1);
                il.Emit(OpCodes.Ldobj, typeof(Vector128<byte>));
                break;
        }
    }

    /// <summary>Emits a store of the number or vector on the stack to the address below it; all 64 bits of a slot are written.</summary>
    public static void EmitStore(ILGenerator il, ValueKind kind)
    {
        if (kind == ValueKind.V128)
        {
            il.Emit(OpCodes.Unaligned, (byte)1);
            il.Emit(OpCodes.Stobj, typeof(Vector128<byte>));
            return;
        }
        EmitToBits(il, kind);
        il.Emit(OpCodes.Stind_I8);
    }

    /// <summary>Emits a store of the number or vector on the stack to the address below it, of as many bytes as it has.</summary>
    public static void EmitShortStore(ILGenerator il, ValueKind kind)
    {
        switch (kind)
        {
            case ValueKind.I32: il.Emit(OpCodes.Stind_I4); break;
            case ValueKind.I64: il.Emit(OpCodes.Stind_I8); break;
            case ValueKind.F32: il.Emit(OpCodes.Stind_R4); break;
            case ValueKind.F64: il.Emit(OpCodes.Stind_R8); break;
            default: EmitStore(il, kind); break;
        }
    }

    /// <summary>Emits the conversion of a number to the 64 bits of a slot.</summary>
    public static void EmitToBits(ILGenerator il, ValueKind kind)
    {
        if (kind == ValueKind.F32) il.Emit(OpCodes.Call, Members.F32ToBits);
        if (kind == ValueKind.F64) il.Emit(OpCodes.Call, Members.F64ToBits);
        if (kind is ValueKind.I32 or ValueKind.F32) il.Emit(OpCodes.Conv_U8);
    }

    /// <summary>Emits the conversion of the 64 bits of a slot to a number.</summary>
    public static void EmitFromBits(ILGenerator il, ValueKind kind)
    {
        if (kind is ValueKind.I32 or ValueKind.F32) il.Emit(OpCodes.Conv_I4);
        if (kind == ValueKind.F32) il.Emit(OpCodes.Call, Members.F32FromBits);
        if (kind == ValueKind.F64) il.Emit(OpCodes.Call, Members.F64FromBits);
    }
}
