using System.Runtime.InteropServices;
using Nacre.Binary;
using Nacre.Syntax;

namespace Nacre.Text;

/// <remarks>Spec: Text Format, Instructions. Folded instructions write their own bytes after those of their operands: until then
/// these wait in <see cref="_pending"/>, a stack of bytes beside the stack of frames.</remarks>
internal sealed partial class ModuleReader
{
    /// <summary>What is open around the instruction at hand.</summary>
    private enum Form : byte
    {
        /// <summary><c>block … end</c>, and what else ends in <c>end</c>.</summary>
        Flat,
        /// <summary><c>(i32.add … )</c>, whose operands are being read.</summary>
        Plain,
        /// <summary><c>(block … )</c>.</summary>
        Block,
        /// <summary><c>(if … )</c>.</summary>
        If,
        /// <summary><c>(try … )</c>.</summary>
        Try,
        /// <summary><c>(then … )</c> and other parts of the two before.</summary>
        Clause,
    }

    private struct Frame
    {
        public Form Form;
        public Opcode Opcode;           // the part that was read last: If, Else, Catch…
        public int Symbol;              // of the label, or -1
        public int ShadowedDepth;       // of the label of the same identifier further out, or 0
        public int PendingStart;
        public int Name;                // number of the token that names the instruction
        public BlockType Block;
        public Annotation? Hint;
    }

    private readonly ByteWriter _code = new(), _pending = new();
    private readonly List<Frame> _frames = [];

    private ref Frame Top => ref CollectionsMarshal.AsSpan(_frames)[^1];

    // Up to a closing parenthesis that opened before.
    private void ReadInstructions(bool onlyOne = false)
    {
        int floor = _frames.Count;
        do
        {
            if (Kind == TokenKind.LeftParen) OpenFolded(floor);
            else if (_frames.Count > floor && Kind == TokenKind.RightParen) CloseFolded();
            else if (IsInstruction && (_frames.Count == floor || Top.Form is Form.Flat or Form.Block or Form.Clause)) ReadFlat(floor);
            else if (_frames.Count == floor && Kind == TokenKind.RightParen) return;
            else throw Unexpected(_frames.Count == floor ? "an instruction" : "an instruction in parentheses");
        }
        while (!onlyOne || _frames.Count > floor);
    }

    private bool IsInstruction => Kind == TokenKind.Keyword && Current.Data < Words.FirstKeyword;

    private void ReadFlat(int floor)
    {
        Annotation? hint = HintAt(At);
        int name = At;
        var opcode = (Opcode)Current.Data;
        if (IsPartOfBlock(opcode))
        {
            ReadPart(opcode, floor);
        }
        else if (IsBlock(opcode))
        {
            At++;
            OpenBlock(opcode, Form.Flat, hint, name);
        }
        else
        {
            At++;
            Immediates immediates = ReadImmediates(ref opcode, name);
            Write(opcode, immediates, hint, name);
        }
    }

    private void OpenFolded(int floor)
    {
        if (_frames.Count > floor && Top.Form is Form.If or Form.Try && OpenClause()) return;
        Annotation? hint = HintAt(At);
        At++;
        hint ??= HintAt(At);
        if (!IsInstruction) throw Unexpected("an instruction");
        int name = At;
        var opcode = (Opcode)Current.Data;
        if (IsPartOfBlock(opcode)) throw Unexpected("an instruction");
        At++;
        if (IsBlock(opcode)) OpenBlock(opcode, opcode switch { Opcode.If => Form.If, Opcode.Try => Form.Try, _ => Form.Block }, hint, name);
        else OpenPlain(opcode, hint, name);
    }

    private void OpenPlain(Opcode opcode, Annotation? hint, int name)
    {
        Immediates immediates = ReadImmediates(ref opcode, name);
        if (Kind == TokenKind.RightParen)
        {
            At++;
            Write(opcode, immediates, hint, name);
            return;
        }
        _frames.Add(new Frame { Form = Form.Plain, Opcode = opcode, Symbol = -1, PendingStart = _pending.Count, Name = name, Hint = hint });
        new InstructionWriter(_pending).Write(opcode, immediates);
    }

    private void CloseFolded()
    {
        ref Frame frame = ref Top;
        switch (frame.Form)
        {
            case Form.Flat:
                throw Unexpected("end");
            case Form.Plain:
                AddHint(frame.Hint, frame.Opcode);
                Mark(frame.Name);
                _code.WriteBytes(_pending.Written[frame.PendingStart..]);
                _pending.Truncate(frame.PendingStart);
                break;
            case Form.Block:
                EndBlock(ref frame);
                break;
            case Form.If or Form.Try:
                if (frame.Opcode is Opcode.Nop) throw Unexpected(frame.Form == Form.If ? "(then …)" : "(do …)");
                if (frame.Opcode != Opcode.Delegate) EndBlock(ref frame);
                break;
        }
        _frames.RemoveAt(_frames.Count - 1);
        At++;
    }

    private void Write(Opcode opcode, in Immediates immediates, Annotation? hint, int name)
    {
        AddHint(hint, opcode);
        Mark(name);
        new InstructionWriter(_code).Write(opcode, immediates);
    }

    // Notes where the instruction that is written next stands in the text, when somebody wants to know.
    private void Mark(int token) => _marks?.Add(_code.Count, TokenAt(token).Start);
}
