using Nacre.Binary;
using Nacre.Syntax;

namespace Nacre.Interpreter;

/// <content>Exceptions, with the older instructions as well. Spec: Execution, Instructions, Control Instructions.</content>
internal sealed partial class Translator
{
    private GrowingArray<CatchRegion> _regions;

    private FuncType TagType(uint tag) => module.Tags[tag].Func!;

    private void TranslateThrow(uint tag)
    {
        int count = TagType(tag).Parameters.Length;
        SettleFrom(_operandCount - count);
        Pop(count);
        CheckFuel();
        Emit(new Instr { Op = Op.Throw, A = _height.Slots, B = tag, C = _height.References });
        EndReachable();
    }

    private void TranslateThrowRef()
    {
        uint exception = PopSlot();
        CheckFuel();
        Emit(new Instr { Op = Op.ThrowRef, B = exception });
        EndReachable();
    }

    private void TranslateTryTable(ref InstructionReader reader)
    {
        (ValType[] parameters, ValType[] results) = TypesOf(reader.Block);
        SettleAll();
        Pop(parameters.Length);

        // What the clauses do stands before the body: there the labels are those around the instruction, as they mean them.
        int toBody = Emit(new Instr { Op = Op.Jump });
        var clauses = new List<CatchTarget>();
        foreach (CatchClause clause in reader.Catches)
        {
            TagIndex? tag = CatchClause.HasTag(clause.Kind) ? clause.Tag : null;
            clauses.Add(new CatchTarget(tag, _code.Count));
            (int operandCount, SlotCounts height) = (_operandCount, _height);
            EmitCatch(tag, keepsException: clause.Kind is CatchKind.CatchRef or CatchKind.CatchAllRef, exceptionFirst: false);
            EmitBranch(clause.Label.Value);
            Pop(_operandCount - operandCount);
            _height = height;
        }
        Bind(toBody);

        Push(parameters);
        OpenLabel(Opcode.TryTable, parameters, results);
        LabelAt(0).Clauses = clauses;
        LabelAt(0).TryPosition = _code.Count;
        BeginStretch();
    }

    /// <summary>Emits what receives a caught exception, and pushes the values thrown with it and the exception itself, as asked.</summary>
    private void EmitCatch(TagIndex? tag, bool keepsException, bool exceptionFirst)
    {
        var word = new Instr { Op = Op.Catch };
        if (tag is not null) word.X |= Steps.CatchKeepsValues;
        if (keepsException) word.X |= Steps.CatchKeepsException;
        if (exceptionFirst) word.C = PushStack(SlotKind.Reference);
        word.A = _height.Slots;
        word.B = _height.References;
        if (tag is { } caught) Push(TagType(caught.Value).Parameters);
        if (keepsException && !exceptionFirst) word.C = PushStack(SlotKind.Reference);
        Emit(word);
    }

    private void EndTryTable(in Label label)
        => _regions.Add(new CatchRegion(label.TryPosition, _code.Count, _labelCount - 1, [.. label.Clauses!]));

    private void TranslateTry(BlockType block)
    {
        (ValType[] parameters, ValType[] results) = TypesOf(block);
        SettleAll();
        OpenLabel(Opcode.Try, parameters, results);
        LabelAt(0).TryPosition = _code.Count;
        LabelAt(0).Clauses = [];
        BeginStretch();
    }

    /// <summary>Begins a <c>catch</c> or <c>catch_all</c> part. The exception is kept below its operands, for <c>rethrow</c>.</summary>
    private void TranslateCatch(TagIndex? tag)
    {
        if (!_isUnreachable) EmitBranch(0);
        ref Label label = ref LabelAt(0);
        if (label.Opcode == Opcode.Try) label.TryEnd = _code.Count;
        label.Opcode = Opcode.Catch;
        label.Clauses!.Add(new CatchTarget(tag, _code.Count));
        ResetTo(label);
        _lastValue = -1;
        EmitCatch(tag, keepsException: true, exceptionFirst: true);
        _isUnreachable = false;
        BeginStretch();
    }

    private void EndTry(in Label label)
    {
        if (label.Opcode == Opcode.Catch)
            _regions.Add(new CatchRegion(label.TryPosition, label.TryEnd, _labelCount - 1, [.. label.Clauses!]));
    }

    private void TranslateRethrow(uint depth)
    {
        CheckFuel();
        Emit(new Instr { Op = Op.ThrowRef, B = LabelAt(depth).Height.References });
        EndReachable();
    }

    private void TranslateDelegate(uint depth)
    {
        // The label counts from outside of the try that ends here.
        int around = _labelCount - 1;
        _regions.Add(new CatchRegion(LabelAt(0).TryPosition, _code.Count, around, [], DelegateTo: around - 1 - (int)depth));
        TranslateEnd();
    }
}
