using System.Reflection.Emit;
using Nacre.Binary;
using Nacre.Syntax;

namespace Nacre.Compiler;

/// <content>Tables of a function that was cut.</content>
internal sealed unsafe partial class FunctionLowering
{
    // A table that leads to more other pieces than this is looked up rather than branched through.
    private const int MaxExitsOfTable = 8;

    /// <summary>Lowers a table many of whose labels are in other pieces: what it leads to is looked up in memory.</summary>
    private bool TryLowerFarTable(ref InstructionReader reader, LocalBuilder index)
    {
        if (_piece is null || _tryDepth > 0) return false;
        var numbers = new Dictionary<uint, int>();
        var near = new List<uint>();
        int farCount = 0, farBase = 0;
        foreach (uint depth in reader.Labels) Classify(depth);
        Classify(reader.Index);
        if (farCount <= MaxExitsOfTable) return false;

        int labelCount = reader.VectorCount;
        if (!_split!.Tables.TryGetValue(_byteOffset, out nint table))
        {
            _split.Tables.Add(_byteOffset, table = (nint)_code.AllocateConstant((labelCount + 2) / 2));
            int* cells = (int*)table;
            foreach (uint depth in reader.Labels) *cells++ = numbers[depth];
            *cells = numbers[reader.Index];
        }
        EmitOperandStores(OperandsBelow(farBase));
        PayAndStore();
        EmitFarTable(index, labelCount, (int*)table, near);
        return true;

        // Far labels have the number of a way in; near ones are numbered from where those end.
        void Classify(uint depth)
        {
            if (numbers.ContainsKey(depth)) return;
            ref ControlLabel label = ref LabelAt(depth);
            bool isFar = !IsFunctionLabel(depth) && label.BranchKinds.Length == 0 && (label.Opcode != Opcode.Loop || !ChecksLoops)
                && !_piece!.Contains(_plan!.Survey.OffsetOf(label.Block!.Target));
            if (isFar) farCount++;
            PieceEntry? entry = isFar ? _plan!.EntryOf(label.Block!.Target) : null;
            if (entry is not null && !_split!.PieceOfEntry(entry.Number).IsCopied)
            {
                numbers.Add(depth, entry.Number);
                farBase = Math.Max(farBase, label.Base);
                return;
            }
            numbers.Add(depth, _plan!.EntryCount + near.Count);
            near.Add(depth);
        }
    }

    private void EmitFarTable(LocalBuilder index, int labelCount, int* cells, List<uint> near)
    {
        LocalBuilder number = Rent(ValueKind.I32);
        Label isInside = _il.DefineLabel();
        _il.Emit(OpCodes.Ldloc, index);
        _il.Emit(OpCodes.Ldc_I4, labelCount);
        _il.Emit(OpCodes.Ble_Un, isInside);
        _il.Emit(OpCodes.Ldc_I4, labelCount);
        _il.Emit(OpCodes.Stloc, index);
        _il.MarkLabel(isInside);
        EmitAddressOf((ulong*)cells);
        _il.Emit(OpCodes.Ldloc, index);
        _il.Emit(OpCodes.Conv_U8);
        _il.Emit(OpCodes.Ldc_I4, sizeof(int));
        _il.Emit(OpCodes.Conv_I8);
        _il.Emit(OpCodes.Mul);
        _il.Emit(OpCodes.Conv_I);
        _il.Emit(OpCodes.Add);
        _il.Emit(OpCodes.Ldind_I4);
        _il.Emit(OpCodes.Stloc, number);
        Free(index, ValueKind.I32);

        var detours = new Dictionary<uint, Label>();
        List<PieceEntry> here = _ownPiece!.Entries;
        EmitSwitch(number, here[0].Number, [.. here.Select(entry => FetchOf(entry.Number))]);
        if (near.Count > 0) EmitSwitch(number, _plan!.EntryCount, [.. near.Select(depth => TableTarget(depth, detours))]);
        EmitGo(() => _il.Emit(OpCodes.Ldloc, number), () => EmitCellOf(number));
        Free(number, ValueKind.I32);
        foreach ((uint depth, Label detour) in detours)
        {
            _il.MarkLabel(detour);
            EmitCarried(depth);
            EmitBranchFromStack(depth, below: 0);
        }
        EndReachable();
    }

    private void EmitSwitch(LocalBuilder number, int first, Label[] targets)
    {
        _il.Emit(OpCodes.Ldloc, number);
        _il.Emit(OpCodes.Ldc_I4, first);
        _il.Emit(OpCodes.Sub);
        _il.Emit(OpCodes.Switch, targets);
    }
}
