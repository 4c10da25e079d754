using Nacre.Runtime;

namespace Nacre.Interpreter;

/// <content>Memories and tables as wholes. Spec: Execution, Instructions, Memory Instructions and Table Instructions.</content>
internal static unsafe partial class Steps
{
    // A failed grow is -1 in the address type; writing all 64 bits is right for both.
    private const ulong GrowFailed = ulong.MaxValue;

    public static void MemorySize(Instr* pc, ulong* fp, InterpreterThread thread) => fp[pc->A] = thread.Instance.Memories[pc->B].PageCount;

    public static void MemoryGrow(Instr* pc, ulong* fp, InterpreterThread thread)
    {
        long before = thread.Instance.Memories[pc->C].Grow(Address(fp, pc->B, pc->X));
        fp[pc->A] = before < 0 ? GrowFailed : (ulong)before;
    }

    public static void MemoryFill(Instr* pc, ulong* fp, InterpreterThread thread)
    {
        thread.Mark(pc, fp);
        ulong* operands = fp + pc->A;
        thread.Instance.Memories[pc->B].Fill(Address(operands, 0, pc->X), (byte)operands[1], Address(operands, 2, pc->X));
    }

    public static void MemoryCopy(Instr* pc, ulong* fp, InterpreterThread thread)
    {
        thread.Mark(pc, fp);
        ulong* operands = fp + pc->A;
        int target = pc->X, source = pc->X >> 1;
        MemoryInstance[] memories = thread.Instance.Memories;
        MemoryInstance.Copy(
            memories[pc->B], Address(operands, 0, target), memories[pc->C], Address(operands, 1, source),
            Address(operands, 2, target & source));
    }

    public static void MemoryInit(Instr* pc, ulong* fp, InterpreterThread thread)
    {
        thread.Mark(pc, fp);
        ulong* operands = fp + pc->A;
        thread.Instance.Memories[pc->C].Init(
            Address(operands, 0, pc->X), thread.Instance.Data[pc->B].Span, (uint)operands[1], (uint)operands[2]);
    }

    public static void DataDrop(Instr* pc, ulong* fp, InterpreterThread thread) => thread.Instance.Data[pc->B] = default;

    public static void TableGet(Instr* pc, ulong* fp, InterpreterThread thread)
    {
        thread.Mark(pc, fp);
        thread.Reference(pc->A) = thread.Instance.Tables[pc->C].Get(Address(fp, pc->B, pc->X));
    }

    public static void TableSet(Instr* pc, ulong* fp, InterpreterThread thread)
    {
        thread.Mark(pc, fp);
        thread.Instance.Tables[pc->C].Set(Address(fp, pc->B, pc->X), thread.Reference(pc->A));
    }

    public static void TableSize(Instr* pc, ulong* fp, InterpreterThread thread) => fp[pc->A] = thread.Instance.Tables[pc->B].Size;

    public static void TableGrow(Instr* pc, ulong* fp, InterpreterThread thread)
    {
        long before = thread.Instance.Tables[pc[1].A].Grow(Address(fp, pc->C, pc->X), thread.Reference(pc->B));
        fp[pc->A] = before < 0 ? GrowFailed : (ulong)before;
    }

    public static void TableFill(Instr* pc, ulong* fp, InterpreterThread thread)
    {
        thread.Mark(pc, fp);
        thread.Instance.Tables[pc[1].A].Fill(Address(fp, pc->A, pc->X), thread.Reference(pc->B), Address(fp, pc->C, pc->X));
    }

    public static void TableCopy(Instr* pc, ulong* fp, InterpreterThread thread)
    {
        thread.Mark(pc, fp);
        ulong* operands = fp + pc->A;
        int target = pc->X, source = pc->X >> 1;
        TableInstance[] tables = thread.Instance.Tables;
        TableInstance.Copy(
            tables[pc->B], Address(operands, 0, target), tables[pc->C], Address(operands, 1, source),
            Address(operands, 2, target & source));
    }

    public static void TableInit(Instr* pc, ulong* fp, InterpreterThread thread)
    {
        thread.Mark(pc, fp);
        ulong* operands = fp + pc->A;
        thread.Instance.Tables[pc->C].Init(
            Address(operands, 0, pc->X), thread.Instance.Elements[pc->B], (uint)operands[1], (uint)operands[2]);
    }

    public static void ElemDrop(Instr* pc, ulong* fp, InterpreterThread thread) => thread.Instance.Elements[pc->B] = [];
}
