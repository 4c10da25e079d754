using System.Reflection.Emit;
using Nacre.Binary;
using Nacre.Syntax;

namespace Nacre.Compiler;

/// <content>Lowers a piece of a function that was cut.</content>
/// <remarks>
/// A piece is <c>int (ulong* slots, object[] references, int entry, object context)</c>. It goes on to another by a tail call, or returns
/// the number of the way in where the function goes on, or <see cref="SplitFunction.Returned"/>. Where it has a local of the guest in a
/// local of its own, it fetches that on its way in, if anything may read it. What other pieces may fetch it writes to the frame: where it is
/// set, but for sets that another follows before control can go elsewhere.
/// </remarks>
internal sealed unsafe partial class FunctionLowering
{
    private const short EntryArgument = 2, PieceContextArgument = 3;

    private readonly SplitPlan? _plan;
    private readonly SplitFunction? _split;
    private readonly Piece? _ownPiece;
    private readonly List<Piece> _copies = [];
    private readonly Dictionary<int, (Label Label, Action Load)> _waysIn = [];
    private readonly Dictionary<int, Label> _fetches = [];      // of ways in that this method goes on to by itself
    private Dictionary<uint, LocalBuilder> _pieceLocals = [];
    private HashSet<int> _overwrittenSets = [];
    private Piece? _piece;                                      // the one at hand: the method's own, or one that is copied
    private ControlLabel _ended;
    private int _labelCountBefore;

    /// <summary>Readies the lowering of a piece into the method <paramref name="self"/>.</summary>
    public FunctionLowering(
        CodeTarget code, FuncIndex index, ClrSignature signature, MethodBuilder self, ILGenerator il, SplitFunction split, Piece piece)
        : this(code, index, signature, self, il)
    {
        _split = split;
        _plan = split.Plan;
        _ownPiece = _piece = piece;
        _contextArgument = PieceContextArgument;
    }

    /// <summary>Emits the method of a piece.</summary>
    public OffsetMap LowerPiece()
    {
        Label selection = _il.DefineLabel();
        LoadInvariants();
        _il.Emit(OpCodes.Br, selection);
        LowerCodeOfPiece();
        for (int i = 0; i < _copies.Count; i++) LowerCopy(_copies[i]);
        EmitSelection(selection);
        EmitFetches();
        return _offsets;
    }

    private void LowerCodeOfPiece()
    {
        Label start = _il.DefineLabel();
        RebuildLabels();
        _owed = 0;
        _il.MarkLabel(start);
        AddWayIn(OpenBlock.None, start, OperandsBelow(_count), [], [], owed: 0);
        if (_piece!.Index == 0) EnterMetered();
        if (_piece.Index == 0 && _options.Interruptible) EmitPoll();

        int skipped = _piece.StartByteOffset - _function.Body.ByteOffset;
        ReadOnlySpan<byte> instructions = _function.Body.Bytes.Span[skipped..(_piece.EndByteOffset - _function.Body.ByteOffset)];
        _overwrittenSets = OverwrittenSets.In(instructions, _piece.StartByteOffset);
        LowerBody(instructions, _piece.StartByteOffset);
        if (_labelCount > 0) EndPiece();
        EmitLateBlocks();
        _lateBlocks.Clear();
    }

    // Its locals are variables of their own: short lives are what registers are found for.
    private void LowerCopy(Piece piece)
    {
        _piece = piece;
        _pieceLocals = [];
        (_labelCount, _count, _base0, _onStack, _unreachableDepth) = (0, 0, 0, 0, 0);
        _isUnreachable = false;
        LowerCodeOfPiece();
    }

    private void RebuildLabels()
    {
        var blocks = new Stack<OpenBlock>();
        for (OpenBlock? block = _piece!.OuterBlock; block is not null; block = block.Parent) blocks.Push(block);
        OpenLabel(Opcode.Block, [], _signature.Results);
        while (blocks.TryPop(out OpenBlock? block))
        {
            if (block.Parent is null) continue;
            foreach (ValueKind kind in block.Below) PushVariable(kind, Rent(kind), owns: true);
            OpenRebuilt(block);
        }
    }

    private void OpenRebuilt(OpenBlock block)
    {
        // Parameters were used up before the cut.
        OpenLabel(block.Opcode, [], block.Results);
        ref ControlLabel label = ref LabelAt(0);
        label.Parameters = block.Parameters;
        label.Block = block;
        label.IsTarget = _piece!.EntryAt(block.Target) is not null;
        if (block.Opcode == Opcode.Loop) label.Carried = Rent(block.Parameters);
        if (block.Opcode != Opcode.If) return;
        // Whether the cut is in the first or the second arm.
        if (_plan!.Survey.OffsetOf(block.ElseTarget) < _piece.StartByteOffset) label.Opcode = Opcode.Else;
        else label.Else = _il.DefineLabel();
    }

    private void BeforeInstructionOfPiece()
    {
        _labelCountBefore = _labelCount;
        _ended = LabelAt(0);
    }

    private void AfterInstructionOfPiece()
    {
        if (_labelCount > _labelCountBefore) JoinOpened();
        else if (_opcode == Opcode.Else && _ended.Block is { } block && _unreachableDepth == 0) AddWayIn(block.ElseTarget, _ended.Else, OperandsBelow(_ended.Base), [], [], _ended.ElseOwed);
        else if (_labelCount < _labelCountBefore && _labelCount > 0) JoinEnded();
    }

    private void JoinOpened()
    {
        ref ControlLabel label = ref LabelAt(0);
        label.Block = _plan!.Survey.BlockAt(_byteOffset);
        if (label.Opcode == Opcode.Loop) AddWayIn(label.Block.Target, label.Target, OperandsBelow(label.Base), label.Carried, label.Parameters, owed: 0);
        else if (_piece!.EntryAt(label.Block.Target) is not null) label.IsTarget = true;
    }

    private void JoinEnded()
    {
        OpenBlock block = _ended.Block!;
        if (_ended.Opcode == Opcode.Loop)
        {
            if (_ended.IsTarget && !_piece!.Contains(block.ByteOffset)) AddExit(_ended.Target, block.Target, OperandsBelow(_ended.Base), _ended.Carried, block.Parameters, owed: 0);
            return;
        }
        Operand[] below = OperandsBelow(_ended.Base);
        if (_ended.Opcode == Opcode.If) AddWayIn(block.ElseTarget, _ended.Else, below, [], [], _ended.ElseOwed);
        if (_piece!.EntryAt(block.Target) is null) return;
        var results = new LocalBuilder[block.Results.Length];
        for (int i = 0; i < results.Length; i++) results[i] = _operands[_ended.Base + i].Variable!;
        AddWayIn(block.Target, _ended.Target, below, results, block.Results, _owed);
    }

    private Operand[] OperandsBelow(int depth) => _operands.AsSpan(0, depth).ToArray();

    /// <summary>Goes on to the next piece, and gives branches to blocks that end elsewhere a place to go to.</summary>
    private void EndPiece()
    {
        if (!_isUnreachable)
        {
            Settle();
            EmitExit(OperandsBelow(_count), [], [], _plan!.Pieces[_piece!.Index + 1].EntryAt(OpenBlock.None)!, _owed);
        }
        for (uint depth = 0; depth < _labelCount - 1; depth++)
        {
            ref ControlLabel label = ref LabelAt(depth);
            OpenBlock block = label.Block!;
            Operand[] below = [];
            if (label.IsTarget || label.Opcode == Opcode.If) below = OperandsBelow(label.Base);
            if (label.IsTarget && !(block.Opcode == Opcode.Loop && _piece!.Contains(block.ByteOffset)))
                AddExit(label.Target, block.Target, below, label.Carried, label.BranchKinds, label.Owed ?? 0);
            if (label.Opcode == Opcode.If && _piece!.Contains(block.ByteOffset)) AddExit(label.Else, block.ElseTarget, below, [], [], label.ElseOwed);
        }
    }

    private void AddExit(Label label, int target, Operand[] below, LocalBuilder[] carried, ValueKind[] kinds, long owed)
        => AddLateBlock(() =>
        {
            _il.MarkLabel(label);
            EmitExit(below, carried, kinds, _plan!.EntryOf(target), owed);
        });

    private void EmitExit(Operand[] below, LocalBuilder[] carried, ValueKind[] kinds, PieceEntry entry, long owed)
    {
        EmitOperandStores(below);
        for (int i = 0; i < carried.Length; i++)
        {
            int number = i;
            EmitPlaceStore(_plan!.Frame.PlaceOfOperand(below.Length + i, kinds[i]), kinds[i], () => _il.Emit(OpCodes.Ldloc, carried[number]));
        }
        if (IsHere(entry.Number))
        {
            EmitPayment(owed);
            _il.Emit(OpCodes.Br, FetchOf(entry.Number));
        }
        else
        {
            EmitFuelStore(owed);
            EmitGo(
                () => _il.Emit(OpCodes.Ldc_I4, entry.Number),
                () => _code.EmitWayIn(_il, _split!, entry.Number));
        }
    }

    // Whether this method has the code that a way in leads to, or is to have a copy of it.
    private bool IsHere(int entryNumber)
    {
        Piece piece = _split!.PieceOfEntry(entryNumber);
        if (piece == _ownPiece) return true;
        if (!piece.IsCopied) return false;
        if (!_copies.Contains(piece)) _copies.Add(piece);
        return true;
    }

    private Label FetchOf(int entryNumber)
    {
        if (!_fetches.TryGetValue(entryNumber, out Label fetch)) _fetches.Add(entryNumber, fetch = _il.DefineLabel());
        return fetch;
    }

    private void EmitOperandStores(Operand[] operands)
    {
        for (int i = 0; i < operands.Length; i++)
        {
            int depth = i;
            EmitPlaceStore(_plan!.Frame.PlaceOfOperand(depth, operands[i].Kind), operands[i].Kind, () => EmitLoad(in operands[depth]));
        }
    }

    // The piece of the way in with the number is called in place of this one.
    private void EmitGo(Action loadNumber, Action loadCell)
    {
        _il.Emit(OpCodes.Ldarg_0);
        _il.Emit(OpCodes.Ldarg_1);
        loadNumber();
        EmitContext();
        loadCell();
        _il.Emit(OpCodes.Ldind_I);
        _il.Emit(OpCodes.Tailcall);
        _il.EmitCalli(OpCodes.Calli, System.Reflection.CallingConventions.Standard, typeof(int), SplitFunction.PieceParameters, null);
        _il.Emit(OpCodes.Ret);
    }

    private void EmitCellOf(LocalBuilder number)
    {
        _code.EmitWayIn(_il, _split!, number: 0);
        _il.Emit(OpCodes.Ldloc, number);
        _il.Emit(OpCodes.Ldc_I4, sizeof(nint));
        _il.Emit(OpCodes.Mul);
        _il.Emit(OpCodes.Conv_I);
        _il.Emit(OpCodes.Add);
    }

    private void AddWayIn(int target, Label label, Operand[] below, LocalBuilder[] carried, ValueKind[] kinds, long owed)
    {
        if (_piece!.EntryAt(target) is not { } entry) return;
        Dictionary<uint, LocalBuilder> locals = _pieceLocals;
        _waysIn.Add(entry.Number, (label, () =>
        {
            _pieceLocals = locals;
            EmitPayment(-owed);
            for (int i = 0; i < below.Length; i++)
            {
                if (below[i].Variable is { } variable) EmitOperandFetch(i, below[i].Kind, variable);
            }
            for (int i = 0; i < carried.Length; i++) EmitOperandFetch(below.Length + i, kinds[i], carried[i]);
            foreach (int local in entry.Locals)
            {
                EmitPlaceLoad(_plan!.Frame.PlaceOf((uint)local), LocalKind((uint)local));
                _il.Emit(OpCodes.Stloc, PieceLocal((uint)local));
            }
        }
        ));
    }

    private void EmitOperandFetch(int depth, ValueKind kind, LocalBuilder variable)
    {
        EmitPlaceLoad(_plan!.Frame.PlaceOfOperand(depth, kind), kind);
        _il.Emit(OpCodes.Stloc, variable);
    }

    // Where the method begins: the way in that the caller asks for is taken.
    private void EmitSelection(Label selection)
    {
        List<PieceEntry> entries = _ownPiece!.Entries;
        _il.MarkLabel(selection);
        if (entries.Count == 1) _il.Emit(OpCodes.Br, FetchOf(entries[0].Number));
        else
        {
            // Loops are where control comes back to, but for those whose beginnings are copied; a comparison is foreseen better than an
            // indirect jump.
            int loop = entries.FindIndex(entry => entry.Target != OpenBlock.None && _plan!.Survey.IsLoop(entry.Target));
            if (loop >= 0 && !Array.Exists(_plan!.Pieces, piece => piece.IsCopied))
            {
                _il.Emit(OpCodes.Ldarg, EntryArgument);
                _il.Emit(OpCodes.Ldc_I4, entries[loop].Number);
                _il.Emit(OpCodes.Beq, FetchOf(entries[loop].Number));
            }
            _il.Emit(OpCodes.Ldarg, EntryArgument);
            _il.Emit(OpCodes.Ldc_I4, entries[0].Number);
            _il.Emit(OpCodes.Sub);
            _il.Emit(OpCodes.Switch, [.. entries.Select(entry => FetchOf(entry.Number))]);
            _il.Emit(OpCodes.Ldc_I4, _byteOffset);
            EmitThrow(nameof(Support.ThrowUnreachable));
        }
    }

    private void EmitFetches()
    {
        foreach ((int entryNumber, Label fetch) in _fetches)
        {
            _il.MarkLabel(fetch);
            (Label label, Action load) = _waysIn[entryNumber];
            load();
            _il.Emit(OpCodes.Br, label);
        }
    }

    private LocalBuilder PieceLocal(uint local)
    {
        if (!_pieceLocals.TryGetValue(local, out LocalBuilder? variable))
            _pieceLocals.Add(local, variable = _il.DeclareLocal(LocalKind(local).ClrType()));
        return variable;
    }

    private void EmitPieceLocalStore(uint local)
    {
        _il.Emit(OpCodes.Stloc, PieceLocal(local));
        WriteThrough(local);
    }

    // What other pieces may fetch is in the frame before control can get there; in a try that may be at any time.
    private void WriteThrough(uint local)
    {
        if (!_plan!.Frame.Has(local) || (_tryDepth == 0 && _overwrittenSets.Contains(_byteOffset))) return;
        EmitPlaceStore(_plan.Frame.PlaceOf(local), LocalKind(local), () => _il.Emit(OpCodes.Ldloc, PieceLocal(local)));
    }

    private void EmitSlot(int slot)
    {
        _il.Emit(OpCodes.Ldarg_0);
        if (slot == 0) return;
        _il.Emit(OpCodes.Ldc_I4, slot * sizeof(ulong));
        _il.Emit(OpCodes.Add);
    }

    private void EmitPlaceLoad(int place, ValueKind kind)
    {
        if (kind == ValueKind.Reference)
        {
            _il.Emit(OpCodes.Ldarg_1);
            _il.Emit(OpCodes.Ldc_I4, place);
            _il.Emit(OpCodes.Ldelem_Ref);
            return;
        }
        EmitSlot(place);
        Bits.EmitLoad(_il, kind);
    }

    private void EmitPlaceStore(int place, ValueKind kind, Action load)
    {
        if (kind == ValueKind.Reference)
        {
            _il.Emit(OpCodes.Ldarg_1);
            _il.Emit(OpCodes.Ldc_I4, place);
        }
        else EmitSlot(place);
        load();
        if (kind == ValueKind.Reference) _il.Emit(OpCodes.Stelem_Ref);
        else Bits.EmitShortStore(_il, kind);
    }

    // The first result is on CIL's stack, with others below it.
    private void EmitReturnFromPiece(int below)
    {
        if (_signature.Results.Length > 0)
        {
            ValueKind kind = _signature.Results[0];
            LocalBuilder first = Rent(kind);
            _il.Emit(OpCodes.Stloc, first);
            EmitPlaceStore(_plan!.Frame.PlaceOfOperand(0, kind), kind, () => _il.Emit(OpCodes.Ldloc, first));
            Free(first, kind);
        }
        for (int i = 0; i < below; i++) _il.Emit(OpCodes.Pop);
        Label returning = _returnLabel ?? _il.DefineLabel();
        if (_returnLabel is null)
        {
            _returnLabel = returning;
            AddLateBlock(() =>
            {
                _il.MarkLabel(returning);
                _il.Emit(OpCodes.Ldc_I4, SplitFunction.Returned);
                _il.Emit(OpCodes.Ret);
            });
        }
        _il.Emit(_tryDepth > 0 ? OpCodes.Leave : OpCodes.Br, returning);
    }
}
