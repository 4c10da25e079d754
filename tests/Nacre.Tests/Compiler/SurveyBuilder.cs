using Nacre.Compiler;
using Nacre.Syntax;

namespace Nacre.Tests.Compiler;

/// <summary>Makes up what was learned of a function. Each step is an instruction of a byte, which takes as much CIL as said.</summary>
internal sealed class SurveyBuilder
{
    public SurveyBuilder() => Block = new OpenBlock(null, Opcode.Block, 0) { MayBeCut = true };

    public FunctionSurvey Survey { get; } = new();

    /// <summary>The innermost block.</summary>
    public OpenBlock Block { get; private set; }

    /// <summary>Where the next instruction lies.</summary>
    public int ByteOffset { get; private set; }

    public SurveyBuilder Get(int local) => Step(FlowEventKind.Get, local);
    public SurveyBuilder Set(int local) => Step(FlowEventKind.Set, local);
    public SurveyBuilder JumpIf(int target) => Step(FlowEventKind.Jump, target);

    public SurveyBuilder Jump(int target)
    {
        Note(FlowEventKind.Jump, target);
        return Step(FlowEventKind.Leave, OpenBlock.None);
    }

    /// <summary>A table of a loop's, which leads to all of the targets.</summary>
    public SurveyBuilder Table(OpenBlock loop, params int[] targets)
    {
        foreach (int target in targets) Note(FlowEventKind.Jump, target);
        Survey.Tables.Add(new DispatchTable(loop, ByteOffset));
        return Step(FlowEventKind.Leave, OpenBlock.None);
    }

    /// <summary>Instructions that do nothing of interest.</summary>
    public SurveyBuilder Code(int ilByteCount)
    {
        ByteOffset++;
        Survey.IlByteCount += ilByteCount;
        return this;
    }

    /// <summary>A place where the function may be cut.</summary>
    public SurveyBuilder Place()
    {
        Survey.CutPlaces.Add(new CutPlace(ByteOffset, Survey.IlByteCount, Survey.BasicBlockCount, Survey.LocalUseCount, Survey.Events.Count, Block));
        return this;
    }

    /// <summary>Opens a block.</summary>
    public SurveyBuilder Open(Opcode opcode, out OpenBlock block)
    {
        Block = block = new OpenBlock(Block, opcode, ByteOffset) { MayBeCut = true, Target = Survey.NewTarget() };
        Survey.Add(block);
        if (opcode == Opcode.Loop) Survey.Mark(block.Target, ByteOffset);
        return Code(ilByteCount: 0);
    }

    /// <summary>Closes the innermost block.</summary>
    public SurveyBuilder End()
    {
        ByteOffset++;
        if (Block.Opcode != Opcode.Loop) Survey.Mark(Block.Target, ByteOffset);
        Block = Block.Parent!;
        return this;
    }

    /// <summary>Says that what follows may go to a target at any instruction.</summary>
    public SurveyBuilder Try(out int clauses)
    {
        clauses = Survey.NewTarget();
        return Step(FlowEventKind.TryBegin, clauses);
    }

    /// <summary>Ends that; the clauses follow.</summary>
    public SurveyBuilder Clauses(int clauses)
    {
        Step(FlowEventKind.Leave, OpenBlock.None).Step(FlowEventKind.TryEnd, OpenBlock.None);
        Survey.Mark(clauses, ByteOffset);
        return this;
    }

    /// <summary>How the function is cut.</summary>
    public SplitPlan? Plan(int localCount, SplitLimits limits)
    {
        Survey.EndByteOffset = ByteOffset;
        return SplitPlanner.Plan(Survey, new ValueKind[localCount], startByteOffset: 0, resultCount: 0, limits);
    }

    private SurveyBuilder Step(FlowEventKind kind, int value)
    {
        Note(kind, value);
        return Code(ilByteCount: 1);
    }

    private void Note(FlowEventKind kind, int value) => Survey.Events.Add(new FlowEvent(kind, value, ByteOffset));
}
