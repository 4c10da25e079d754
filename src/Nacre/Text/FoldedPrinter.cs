using System.Runtime.InteropServices;
using Nacre.Binary;
using Nacre.Syntax;

namespace Nacre.Text;

/// <summary>Prints operands inside of the instruction that takes them. Spec: Text Format, Instructions, Folded Instructions.</summary>
/// <remarks>
/// The nodes of a function lie in one list, each with its first operand and its next neighbour. Those that no instruction has taken yet
/// wait in a second list, those of the innermost block at its end. An instruction takes as many of them from the end as it has operands,
/// while each leaves something on the stack; what then stands before them in the text stood before them in the code.
/// </remarks>
internal sealed class FoldedPrinter : CodePrinter
{
    private const int None = -1, BodyLevel = 2, LineLength = 100, TooLong = 1 << 20;

    private struct Node
    {
        public int HeadStart;
        public int HeadLength;
        public int First;
        public int Last;
        public int Next;
        public int ResultCount;
        public int Length;          // on one line
        public string? Annotation;
    }

    /// <summary>A block that is open: its node, the node of the part that is read, and how many nodes waited outside of it.</summary>
    private readonly record struct Frame(int Block, int Part, int WaitingCount);

    private readonly record struct Step(int Next, int Level, bool IsOneLine);

    private readonly InstructionArity _arity;
    private readonly List<Node> _nodes = [];
    private readonly List<int> _waiting = [];
    private readonly List<Frame> _frames = [];
    private readonly List<Step> _steps = [];
    private readonly TextOutput _heads = new();
    private TextOutput _output = new();

    public FoldedPrinter(ModuleIdentifiers identifiers, ModuleTypes types) : base(identifiers, types)
        => _arity = new InstructionArity(types, Labels);

    private int Floor => _frames.Count == 0 ? 0 : _frames[^1].WaitingCount;

    protected override void Begin(TextOutput output)
    {
        _output = output;
        _nodes.Clear();
        _waiting.Clear();
        _frames.Clear();
        _heads.Clear();
    }

    protected override void Plain(ref InstructionReader reader, string? annotation)
    {
        (int operandCount, int resultCount) = _arity.Of(ref reader);
        int start = _heads.Count;
        Text.Write(_heads, ref reader);
        int node = Add(start, resultCount, annotation);
        Take(node, operandCount);
        _waiting.Add(node);
    }

    protected override void Open(ref InstructionReader reader, string? annotation)
    {
        Opcode opcode = reader.Opcode;
        int start = _heads.Count;
        OpenBlock(_heads, ref reader);
        int block = Add(start, Types.ResultCount(reader.Block), annotation), part = block;
        if (opcode == Opcode.If) Take(block, Types.ParameterCount(reader.Block) + 1);
        else At(block).Length = TooLong;
        if (opcode is Opcode.If or Opcode.Try) part = AddPart(opcode == Opcode.If ? "then" : "do");
        _frames.Add(new Frame(block, part, _waiting.Count));
    }

    protected override void Part(ref InstructionReader reader)
    {
        Frame frame = EndPart();
        int start = _heads.Count;
        Text.Write(_heads, ref reader);
        _frames.Add(frame with { Part = Add(start, resultCount: 0, annotation: null) });
    }

    protected override void Close(ref InstructionReader reader)
    {
        Labels.Pop();
        _waiting.Add(EndPart().Block);
    }

    protected override void Delegate(ref InstructionReader reader)
    {
        Labels.Pop();
        Frame frame = EndPart();
        int start = _heads.Count;
        Text.Write(_heads, ref reader);
        Append(frame.Block, Add(start, resultCount: 0, annotation: null));
        _waiting.Add(frame.Block);
    }

    protected override void End()
    {
        foreach (int node in _waiting) Print(node);
    }

    private int Add(int headStart, int resultCount, string? annotation)
    {
        int headLength = _heads.Count - headStart;
        _nodes.Add(new Node
        {
            HeadStart = headStart,
            HeadLength = headLength,
            First = None,
            Last = None,
            Next = None,
            ResultCount = resultCount,
            Length = headLength + 2 + (annotation?.Length ?? 0),
            Annotation = annotation,
        });
        return _nodes.Count - 1;
    }

    private int AddPart(string head)
    {
        int start = _heads.Count;
        _heads.Add(head);
        return Add(start, resultCount: 0, annotation: null);
    }

    private ref Node At(int node) => ref CollectionsMarshal.AsSpan(_nodes)[node];

    // The last nodes that wait become operands.
    private void Take(int node, int operandCount)
    {
        int first = _waiting.Count;
        while (first > Floor && _nodes[_waiting[first - 1]].ResultCount is > 0 and var count && count <= operandCount)
        {
            operandCount -= count;
            first--;
        }
        AppendWaiting(node, first);
    }

    // What waits inside of a part of a block becomes its contents, and the part that of the block.
    private Frame EndPart()
    {
        Frame frame = _frames[^1];
        AppendWaiting(frame.Part, frame.WaitingCount);
        _frames.RemoveAt(_frames.Count - 1);
        if (frame.Part != frame.Block) Append(frame.Block, frame.Part);
        return frame;
    }

    private void AppendWaiting(int node, int first)
    {
        for (int i = first; i < _waiting.Count; i++) Append(node, _waiting[i]);
        _waiting.RemoveRange(first, _waiting.Count - first);
    }

    private void Append(int node, int child)
    {
        ref Node parent = ref At(node);
        if (parent.First == None) parent.First = child;
        else At(parent.Last).Next = child;
        parent.Last = child;
        parent.Length = Math.Min(parent.Length + At(child).Length + 1, TooLong);
    }

    private void Print(int root)
    {
        _output.Line(BodyLevel);
        Enter(root, BodyLevel, isOneLine: false);
        while (_steps.Count > 0)
        {
            ref Step step = ref CollectionsMarshal.AsSpan(_steps)[^1];
            int node = step.Next;
            if (node == None)
            {
                _output.Add(')');
                _steps.RemoveAt(_steps.Count - 1);
                continue;
            }
            (step, int level, bool isOneLine) = (step with { Next = _nodes[node].Next }, step.Level, step.IsOneLine);
            if (isOneLine) _output.Add(' ');
            else _output.Line(level);
            Enter(node, level, isOneLine);
        }
    }

    private void Enter(int number, int level, bool isOneLine)
    {
        Node node = _nodes[number];
        _output.Add(node.Annotation).Add('(').Add(_heads.Written.Slice(node.HeadStart, node.HeadLength));
        _steps.Add(new Step(node.First, level + 1, isOneLine || node.Length <= LineLength));
    }
}
