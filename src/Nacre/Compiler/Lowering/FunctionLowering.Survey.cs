using Nacre.Binary;
using Nacre.Syntax;

namespace Nacre.Compiler;

/// <content>Notes, while a function of some size is lowered, what a <see cref="SplitPlanner"/> wants to know.</content>
internal sealed partial class FunctionLowering
{
    // What lies in the frame at a cut is stored and loaded one by one.
    private const int MaxOperandsAtCut = 64;

    private const int EndByteCount = 1;

    private bool _isBehindBlock;
    private readonly Stack<int> _handlers = [];     // of each try around: the target that its clauses are

    /// <summary>What was noted; null for a small function.</summary>
    public FunctionSurvey? Survey { get; private set; }

    private void BeginSurvey()
    {
        SplitLimits limits = _options.SplitLimits;
        long localCount = _signature.Parameters.Length + _locals.Length;
        if (_function.Body.Bytes.Length < limits.SurveyedByteCount && localCount <= limits.LocalCount) return;
        Survey = new FunctionSurvey();
        LabelAt(0).Block = new OpenBlock(null, Opcode.Block, _function.Body.ByteOffset) { MayBeCut = true, Results = _signature.Results };
    }

    private void EndSurvey()
    {
        if (Survey is null) return;
        Survey.IlByteCount = _il.ILOffset;
        Survey.EndByteOffset = _function.Body.ByteOffset + _function.Body.Bytes.Length;
    }

    private void BeforeInstruction(ref InstructionReader reader)
    {
        if (!_isUnreachable) BoundPendingOperands();
        if (_piece is not null) BeforeInstructionOfPiece();
        if (Survey is null) return;
        if (!_isUnreachable) NoteReachable(ref reader);
        if (!_isUnreachable || _unreachableDepth == 0) NoteBorder();
    }

    private void AfterInstruction()
    {
        if (_piece is not null) AfterInstructionOfPiece();
        if (Survey is null || _labelCount == 0) return;
        _isBehindBlock = _opcode == Opcode.End;
        if (LabelAt(0).Block is null) NoteOpened();
    }

    private void Note(FlowEventKind kind, int value = OpenBlock.None) => Survey!.Events.Add(new FlowEvent(kind, value, _byteOffset));

    private void NoteJump(uint depth)
    {
        int target = LabelAt(depth).Block!.Target;
        if (target != OpenBlock.None) Note(FlowEventKind.Jump, target);
    }

    private void NoteReachable(ref InstructionReader reader)
    {
        NoteCutPlace();
        switch (_opcode)
        {
            case Opcode.LocalGet: Note(FlowEventKind.Get, (int)reader.Index); break;
            case Opcode.LocalSet or Opcode.LocalTee: Note(FlowEventKind.Set, (int)reader.Index); break;
            case Opcode.Br: NoteJump(reader.Index); Note(FlowEventKind.Leave); break;
            case Opcode.BrIf or Opcode.BrOnNull or Opcode.BrOnNonNull or Opcode.BrOnCast or Opcode.BrOnCastFail: NoteJump(reader.Index); break;
            case Opcode.BrTable: NoteTable(ref reader); break;
            case Opcode.Return or Opcode.Unreachable or Opcode.Throw or Opcode.ThrowRef or Opcode.Rethrow: Note(FlowEventKind.Leave); break;
            case Opcode.ReturnCall or Opcode.ReturnCallIndirect or Opcode.ReturnCallRef: Survey!.IsIndivisible = true; break;
        }
        Survey!.LocalUseCount += LocalUsesOf(_opcode);
        Survey.BasicBlockCount += BasicBlocksOf(_opcode) + (_options.ConsumeFuel && BasicBlocksOf(_opcode) > 0 ? 1 : 0);
    }

    // How many basic blocks the CIL of an instruction adds, roughly.
    private static int BasicBlocksOf(Opcode opcode) => opcode switch
    {
        Opcode.End or Opcode.Loop or Opcode.If or Opcode.Else or Opcode.Br or Opcode.Return or Opcode.BrTable => 1,
        Opcode.Call or Opcode.BrIf or Opcode.Select or Opcode.SelectT => 2,
        Opcode.BrOnNull or Opcode.BrOnNonNull or Opcode.BrOnCast or Opcode.BrOnCastFail => 2,
        Opcode.TryTable or Opcode.Try or Opcode.Catch or Opcode.CatchAll => 4,
        _ => 0,
    };

    // How many uses of local variables and arguments the CIL of an instruction has, roughly.
    private int LocalUsesOf(Opcode opcode) => opcode switch
    {
        Opcode.LocalGet or Opcode.LocalSet or Opcode.GlobalGet => 1,
        Opcode.LocalTee => 2,
        Opcode.Call or Opcode.GlobalSet => 3,
        Opcode.Select or Opcode.SelectT => 6,
        Opcode.CallIndirect or Opcode.CallRef => 8,
        _ when OpcodeInfo.NaturalAlignment(opcode) > 0 => _code.IsGuarded ? 3 : 6,
        _ => OpcodeInfo.Prefix(opcode) == VectorPrefix ? 2 : 0,
    };

    private void NoteTable(ref InstructionReader reader)
    {
        var depths = new HashSet<uint> { reader.Index };
        foreach (uint depth in reader.Labels) depths.Add(depth);
        foreach (uint depth in depths) NoteJump(depth);
        Note(FlowEventKind.Leave);
        if (depths.Count <= MaxExitsOfTable) return;
        if (LabelAt(0).Block!.Loop is { } loop) Survey!.Tables.Add(new DispatchTable(loop, _byteOffset));
    }

    private void NoteCutPlace()
    {
        ref ControlLabel label = ref LabelAt(0);
        if (!label.Block!.MayBeCut || _count != label.Base || _opcode is Opcode.End or Opcode.Else) return;
        List<CutPlace> places = Survey!.CutPlaces;
        bool isBorder = _isBehindBlock || _opcode == Opcode.Loop;
        int since = places.Count > 0 ? _il.ILOffset - places[^1].IlOffset : _il.ILOffset;
        if (!isBorder && since < _options.SplitLimits.IlBytesBetweenCutPlaces && (places.Count == 0 || places[^1].Block.LoopDepth <= label.Block.LoopDepth)) return;
        places.Add(new CutPlace(_byteOffset, _il.ILOffset, Survey.BasicBlockCount, Survey.LocalUseCount, Survey.Events.Count, label.Block));
    }

    // The instructions that end a block or a part of one, whether it is reachable there or not.
    private void NoteBorder()
    {
        ref ControlLabel label = ref LabelAt(0);
        if (_labelCount == 1 || _opcode is not (Opcode.End or Opcode.Else or Opcode.Catch or Opcode.CatchAll or Opcode.Delegate)) return;
        OpenBlock block = label.Block!;
        bool isEnd = _opcode is Opcode.End or Opcode.Delegate;
        if (!_isUnreachable && (!isEnd || label.Try is not null))
        {
            Note(FlowEventKind.Jump, block.Target);
            Note(FlowEventKind.Leave);
        }
        if (label.Try is { } state) NoteClauses(state);
        if (_opcode == Opcode.Else || (isEnd && label.Opcode == Opcode.If)) Survey!.Mark(block.ElseTarget, _byteOffset);
        if (isEnd && block.Opcode != Opcode.Loop) Survey!.Mark(block.Target, _byteOffset + EndByteCount);
    }

    private void NoteClauses(TryState state)
    {
        if (!state.IsInClause) Note(FlowEventKind.TryEnd);
        Survey!.Mark(_handlers.Pop(), _byteOffset);
        foreach (CatchClause clause in state.Targets) NoteJump(clause.Label.Value + 1);
        if (_opcode is Opcode.Catch or Opcode.CatchAll)
        {
            // When this clause does not match, the next one may.
            _handlers.Push(Survey.NewTarget());
            Note(FlowEventKind.Jump, _handlers.Peek());
        }
        else Note(FlowEventKind.Leave);
    }

    private void NoteOpened()
    {
        ref ControlLabel label = ref LabelAt(0);
        ref ControlLabel outer = ref LabelAt(1);
        OpenBlock parent = outer.Block!;
        var below = new ValueKind[label.Base - outer.Base];
        for (int i = 0; i < below.Length; i++) below[i] = _operands[outer.Base + i].Kind;
        bool isTry = label.Try is not null, isIf = label.Opcode == Opcode.If;
        var block = new OpenBlock(parent, label.Opcode, _byteOffset)
        {
            Parameters = label.Parameters,
            Results = label.Results,
            Below = below,
            OperandCount = label.Base,
            MayBeCut = parent.MayBeCut && !isTry && !(isIf && label.Parameters.Length > 0)
                && label.Base + Math.Max(label.Parameters.Length, label.Results.Length) <= MaxOperandsAtCut,
            Target = Survey!.NewTarget(),
            ElseTarget = isIf ? Survey.NewTarget() : OpenBlock.None,
        };
        label.Block = block;
        Survey.Add(block);
        if (label.Opcode == Opcode.Loop) Survey.Mark(block.Target, _byteOffset);
        if (isIf) Note(FlowEventKind.Jump, block.ElseTarget);
        if (!isTry) return;
        _handlers.Push(Survey.NewTarget());
        Note(FlowEventKind.TryBegin, _handlers.Peek());
    }
}
