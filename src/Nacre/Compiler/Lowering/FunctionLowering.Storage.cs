using System.Reflection.Emit;
using Nacre.Binary;
using Nacre.Syntax;

namespace Nacre.Compiler;

/// <content>Tables and memories as wholes: calls of <see cref="Support"/> with the operands, widened to 64 bits, the context and the indices.</content>
internal sealed partial class FunctionLowering
{
    private bool TryLowerTableOrMemory(ref InstructionReader reader)
    {
        int first = (int)reader.Index, second = (int)reader.Index2;
        switch (_opcode)
        {
            case Opcode.TableGet: LowerStorage(nameof(Support.TableGet), 1, ValueKind.Reference, first); return true;
            case Opcode.TableSet: LowerStorage(nameof(Support.TableSet), 2, null, first); return true;
            case Opcode.TableSize: LowerStorage(nameof(Support.TableSize), 0, TableAddress(first), first); return true;
            case Opcode.TableGrow: LowerStorage(nameof(Support.TableGrow), 2, TableAddress(first), first); return true;
            case Opcode.TableFill: LowerStorage(nameof(Support.TableFill), 3, null, first); return true;
            case Opcode.TableCopy: LowerStorage(nameof(Support.TableCopy), 3, null, first, second); return true;
            case Opcode.TableInit: LowerStorage(nameof(Support.TableInit), 3, null, second, first); return true;
            case Opcode.ElemDrop: LowerStorage(nameof(Support.ElemDrop), 0, null, first); return true;
            case Opcode.MemorySize: LowerStorage(nameof(Support.MemorySize), 0, MemoryAddress(first), first); return true;
            case Opcode.MemoryGrow:
                LowerStorage(nameof(Support.MemoryGrow), 1, MemoryAddress(first), first);
                LoadMemoryBounds();
                return true;
            case Opcode.MemoryFill: LowerStorage(nameof(Support.MemoryFill), 3, null, [first], narrow: 1); return true;
            case Opcode.MemoryCopy: LowerStorage(nameof(Support.MemoryCopy), 3, null, first, second); return true;
            case Opcode.MemoryInit: LowerStorage(nameof(Support.MemoryInit), 3, null, second, first); return true;
            case Opcode.DataDrop: LowerStorage(nameof(Support.DataDrop), 0, null, first); return true;
            case Opcode.AtomicFence:
                LoadAll();
                _il.Emit(OpCodes.Call, ((Action)Thread.MemoryBarrier).Method);
                return true;
            default: return false;
        }
    }

    private ValueKind TableAddress(int table) => KindOf(_module.Tables[table].Address);

    private ValueKind MemoryAddress(int memory) => KindOf(_module.Memories[memory].Address);

    private static ValueKind KindOf(AddressType address) => address == AddressType.I64 ? ValueKind.I64 : ValueKind.I32;

    private void LowerStorage(string helper, int operandCount, ValueKind? result, params ReadOnlySpan<int> indices)
        => LowerStorage(helper, operandCount, result, indices, narrow: -1);

    private void LowerStorage(string helper, int operandCount, ValueKind? result, ReadOnlySpan<int> indices, int narrow)
    {
        var kinds = new ValueKind[operandCount];
        for (int i = 0; i < operandCount; i++) kinds[i] = _operands[_count - operandCount + i].Kind;
        LocalBuilder[] operands = TakeIntoVariables(operandCount);
        for (int i = 0; i < operandCount; i++)
        {
            if (i == narrow) _il.Emit(OpCodes.Ldloc, operands[i]);
            else EmitWide(operands[i], kinds[i]);
        }
        Free(operands, kinds);
        EmitContext();
        foreach (int index in indices) _il.Emit(OpCodes.Ldc_I4, index);
        EmitHelper(helper);
        if (result is not { } kind) return;
        if (kind == ValueKind.I32) _il.Emit(OpCodes.Conv_I4);
        PushStack(kind);
    }
}
