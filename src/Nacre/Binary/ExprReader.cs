using Nacre.Syntax;

namespace Nacre.Binary;

/// <summary>Reads expressions: checks how their instructions are encoded and that blocks are balanced, and keeps the bytes.</summary>
/// <remarks>Spec: Binary Format, Instructions, Expressions. Memory: a byte for each block that is open.</remarks>
internal sealed class ExprReader(ReadOnlyMemory<byte> module, WasmFeatures features)
{
    /// <summary>What may still part a block that is open, besides its <c>end</c>.</summary>
    private enum Nesting : byte { Nothing, Else, CatchOrDelegate, Catch }

    private readonly ShortForm[] _forms = ShortForm.ForEachByte(features);
    private Nesting[] _open = new Nesting[16];
    private int _openCount;

    /// <summary>Where in the expression read last the first instruction lies that names a data segment; null when none does.</summary>
    public int? DataMention { get; private set; }

    /// <summary>Reads instructions up to the <c>end</c> that closes the expression.</summary>
    /// <exception cref="MalformedModuleException">An instruction is malformed or of a disabled feature, a block is not balanced,
    /// or the bytes end early.</exception>
    /// <exception cref="InvalidModuleException">A type index is beyond what any module may have.</exception>
    public Expr Read(ref BinaryCursor cursor)
    {
        int start = cursor.Offset;
        var reader = new InstructionReader(cursor, features);
        DataMention = null;
        _openCount = 0;
        Open(Nesting.Nothing);
        while (_openCount > 0)
        {
            reader.SkipRun(_forms);
            if (!reader.Read()) Malformed.Throw(Malformed.UnexpectedEnd, reader.NextByteOffset);
            Follow(ref reader);
        }
        cursor = reader.Cursor;
        return new Expr(module[start..cursor.Offset], start);
    }

    private void Follow(ref InstructionReader reader)
    {
        switch (reader.Opcode)
        {
            case Opcode.Block or Opcode.Loop or Opcode.TryTable: Open(Nesting.Nothing); break;
            case Opcode.If: Open(Nesting.Else); break;
            case Opcode.Try: Open(Nesting.CatchOrDelegate); break;
            case Opcode.End: _openCount--; break;
            case Opcode.Else: Part(reader, Nesting.Else, Nesting.Else, next: Nesting.Nothing); break;
            case Opcode.Catch: Part(reader, Nesting.CatchOrDelegate, Nesting.Catch, next: Nesting.Catch); break;
            case Opcode.CatchAll: Part(reader, Nesting.CatchOrDelegate, Nesting.Catch, next: Nesting.Nothing); break;
            case Opcode.Delegate:
                Part(reader, Nesting.CatchOrDelegate, Nesting.CatchOrDelegate, next: Nesting.Nothing);
                _openCount--;
                break;
            default:
                if (OpcodeInfo.Shape(reader.Opcode) is ImmediateShape.Data or ImmediateShape.DataMemory or ImmediateShape.TypeData)
                    DataMention ??= reader.ByteOffset;
                break;
        }
    }

    private void Open(Nesting nesting)
    {
        if (_openCount == _open.Length) Grow();
        _open[_openCount++] = nesting;
    }

    private void Grow()
    {
        var larger = new Nesting[_openCount * 2];
        Array.Copy(_open, larger, _openCount);
        _open = larger;
    }

    private void Part(in InstructionReader reader, Nesting one, Nesting other, Nesting next)
    {
        Nesting open = _open[_openCount - 1];
        if (open != one && open != other)
            Malformed.Throw($"END opcode expected: {OpcodeInfo.Mnemonic(reader.Opcode)} does not belong here", reader.ByteOffset);
        _open[_openCount - 1] = next;
    }
}
