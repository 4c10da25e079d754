using Nacre.Binary;
using Nacre.Syntax;

namespace Nacre.Text;

/// <remarks>Spec: Text Format, Instructions, Control Instructions. A label is looked up by its identifier in one step, however deep.</remarks>
internal sealed partial class ModuleReader
{
    private readonly Dictionary<int, int> _labels = [];      // innermost depth by symbol
    private readonly List<(uint Function, List<(uint Index, int Symbol)> Names)> _labelNames = [];
    private uint? _function;
    private uint _labelNumber;
    private int _labelDepth;

    private static bool IsBlock(Opcode opcode) => opcode is Opcode.Block or Opcode.Loop or Opcode.If or Opcode.Try or Opcode.TryTable;

    private static bool IsPartOfBlock(Opcode opcode)
        => opcode is Opcode.Else or Opcode.End or Opcode.Catch or Opcode.CatchAll or Opcode.Delegate;

    private void OpenBlock(Opcode opcode, Form form, Annotation? hint, int name)
    {
        int symbol = TakeId();
        BlockType type = ReadBlockType();
        var immediates = new Immediates { Block = type };
        if (opcode == Opcode.TryTable) immediates.Catches = ReadCatches();
        bool isOpen = form != Form.If && form != Form.Try;
        // A folded if or try begins where its first part does: Nop stands for no part yet.
        _frames.Add(new Frame { Form = form, Opcode = isOpen ? opcode : Opcode.Nop, Symbol = symbol, Name = name, Block = type, Hint = hint });
        if (isOpen) BeginBlock(ref Top, opcode, immediates);
    }

    private void BeginBlock(ref Frame frame, Opcode opcode, in Immediates immediates)
    {
        Write(opcode, immediates, frame.Hint, frame.Name);
        frame.Opcode = opcode;
        _labelDepth++;
        if (frame.Symbol >= 0)
        {
            _labels.TryGetValue(frame.Symbol, out frame.ShadowedDepth);
            _labels[frame.Symbol] = _labelDepth;
            NameLabel(frame.Symbol);
        }
        _labelNumber++;
    }

    private void NameLabel(int symbol)
    {
        if (_function is not { } function) return;
        if (_labelNames.Count == 0 || _labelNames[^1].Function != function) _labelNames.Add((function, []));
        _labelNames[^1].Names.Add((_labelNumber, symbol));
    }

    private void CloseLabel(ref Frame frame)
    {
        _labelDepth--;
        if (frame.Symbol < 0) return;
        if (frame.ShadowedDepth == 0) _labels.Remove(frame.Symbol);
        else _labels[frame.Symbol] = frame.ShadowedDepth;
    }

    private void EndBlock(ref Frame frame)
    {
        CloseLabel(ref frame);
        Mark(At);
        new InstructionWriter(_code).Write(Opcode.End);
    }

    // else, catch, catch_all, delegate or end of a block that is written flat.
    private void ReadPart(Opcode part, int floor)
    {
        if (_frames.Count == floor || Top.Form != Form.Flat || !CanFollow(Top.Opcode, part)) throw Unexpected("an instruction");
        Mark(At);
        At++;
        ref Frame frame = ref Top;
        switch (part)
        {
            case Opcode.End:
                CheckLabel(frame);
                CloseLabel(ref frame);
                new InstructionWriter(_code).Write(part);
                _frames.RemoveAt(_frames.Count - 1);
                return;
            case Opcode.Delegate:
                CloseLabel(ref frame);
                new InstructionWriter(_code).Write(part, ReadLabel());
                _frames.RemoveAt(_frames.Count - 1);
                return;
            case Opcode.Else:
                CheckLabel(frame);
                new InstructionWriter(_code).Write(part);
                break;
            case Opcode.Catch:
                new InstructionWriter(_code).Write(part, ReadIndex(_tagSpace));
                break;
            default:
                new InstructionWriter(_code).Write(part);
                break;
        }
        frame.Opcode = part;
    }

    private static bool CanFollow(Opcode last, Opcode part) => part switch
    {
        Opcode.End => true,
        Opcode.Else => last == Opcode.If,
        Opcode.Delegate => last == Opcode.Try,
        _ => last is Opcode.Try or Opcode.Catch,
    };

    private void CheckLabel(in Frame frame)
    {
        Token token = Current;
        if (TakeId() is >= 0 and var symbol && symbol != frame.Symbol) throw Error($"mismatching label {Excerpt(token)}", token);
    }

    // (then …), (else …) of an if; (do …), (catch …), (catch_all …), (delegate …) of a try.
    private bool OpenClause()
    {
        ref Frame frame = ref Top;
        if (frame.Form == Form.If)
        {
            if (frame.Opcode == Opcode.Nop && !IsOpened(Keyword.Then)) return false;    // still the condition
            Opcode part = IsOpened(Keyword.Then) ? Opcode.If : IsOpened(Opcode.Else) ? Opcode.Else : Opcode.Nop;
            bool isFirst = frame.Opcode == Opcode.Nop;
            if (part == Opcode.Nop || (part == Opcode.If) != isFirst || frame.Opcode == Opcode.Else) throw UnexpectedClause();
            At += 2;
            BeginClause(ref frame, part);
        }
        else
        {
            bool isDo = IsOpened(Keyword.Do);
            var part = isDo ? Opcode.Try : (Opcode)(ushort)TokenAt(At + 1).Data;
            bool isPart = TokenAt(At + 1).Kind == TokenKind.Keyword && part is (Opcode.Catch or Opcode.CatchAll or Opcode.Delegate);
            bool isKnown = isDo ? frame.Opcode == Opcode.Nop : isPart && CanFollow(frame.Opcode, part);
            if (!isKnown) throw UnexpectedClause();
            At += 2;
            BeginClause(ref frame, part);
        }
        return true;
    }

    private void BeginClause(ref Frame frame, Opcode part)
    {
        if (part is not (Opcode.If or Opcode.Try)) Mark(At - 1);
        switch (part)
        {
            case Opcode.If or Opcode.Try:
                BeginBlock(ref frame, part, new Immediates { Block = frame.Block });
                break;
            case Opcode.Delegate:
                CloseLabel(ref frame);
                new InstructionWriter(_code).Write(part, ReadLabel());
                break;
            case Opcode.Catch:
                new InstructionWriter(_code).Write(part, ReadIndex(_tagSpace));
                break;
            default:
                new InstructionWriter(_code).Write(part);
                break;
        }
        frame.Opcode = part;
        _frames.Add(new Frame { Form = part == Opcode.Delegate ? Form.If : Form.Clause, Opcode = Opcode.Delegate, Symbol = -1, Name = At });
    }

    private MalformedModuleException UnexpectedClause()
    {
        At++;
        return Unexpected("another part of the instruction");
    }

    private uint ReadLabel()
    {
        if (Kind != TokenKind.Id) return Kind == TokenKind.Nat ? ReadU32() : throw Unexpected("a label");
        Token token = TokenAt(At++);
        if (!_labels.TryGetValue(token.Data, out int depth)) throw Error($"unknown label {Excerpt(token)}", token);
        return (uint)(_labelDepth - depth);
    }
}
