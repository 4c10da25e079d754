using Nacre.Binary;
using Nacre.Syntax;

namespace Nacre.Tests.Support;

/// <summary>Writes the instructions of one expression, the last <c>end</c> by itself.</summary>
internal sealed class CodeBuilder
{
    private readonly ByteWriter _bytes = new();

    private InstructionWriter Writer => new(_bytes);

    /// <summary>An instruction without immediates, or with one or two indices.</summary>
    public CodeBuilder Op(Opcode opcode, uint index = 0, uint index2 = 0) => Do(writer => writer.Write(opcode, index, index2));

    public CodeBuilder I32(int value) => Do(writer => writer.WriteConst(value));
    public CodeBuilder I64(long value) => Do(writer => writer.WriteConst(value));
    public CodeBuilder F32(float value) => Do(writer => writer.WriteConst(value));
    public CodeBuilder F64(double value) => Do(writer => writer.WriteConst(value));
    public CodeBuilder RefNull(AbstractHeapType type) => Heap(Opcode.RefNull, new HeapType(type));

    /// <summary>An instruction with a heap type.</summary>
    public CodeBuilder Heap(Opcode opcode, HeapType type) => Do(writer => writer.Write(opcode, new Immediates { Heap = type }));

    public CodeBuilder LocalGet(uint index) => Op(Opcode.LocalGet, index);
    public CodeBuilder LocalSet(uint index) => Op(Opcode.LocalSet, index);
    public CodeBuilder LocalTee(uint index) => Op(Opcode.LocalTee, index);
    public CodeBuilder GlobalGet(uint index) => Op(Opcode.GlobalGet, index);
    public CodeBuilder GlobalSet(uint index) => Op(Opcode.GlobalSet, index);
    public CodeBuilder Call(uint function) => Op(Opcode.Call, function);
    public CodeBuilder Br(uint label) => Op(Opcode.Br, label);
    public CodeBuilder BrIf(uint label) => Op(Opcode.BrIf, label);

    /// <summary>A load or store.</summary>
    public CodeBuilder Access(Opcode opcode, ulong offset = 0, uint alignLog2 = 0, uint memory = 0)
        => Do(writer => writer.WriteAccess(opcode, alignLog2, offset, memory));

    /// <summary>All local variables from 0 to <paramref name="count"/> − 1.</summary>
    public CodeBuilder Locals(int count)
    {
        for (uint i = 0; i < count; i++) LocalGet(i);
        return this;
    }

    public CodeBuilder Block(Action<CodeBuilder> body, ValType? result = null) => Nest(Opcode.Block, body, result);
    public CodeBuilder Loop(Action<CodeBuilder> body, ValType? result = null) => Nest(Opcode.Loop, body, result);

    public CodeBuilder If(Action<CodeBuilder> then, Action<CodeBuilder>? otherwise = null, ValType? result = null)
        => Nest(Opcode.If, code =>
        {
            then(code);
            if (otherwise is null) return;
            code.Op(Opcode.Else);
            otherwise(code);
        }, result);

    /// <summary>A <c>br_table</c> with its labels and the default one.</summary>
    public CodeBuilder BrTable(uint[] labels, uint otherwise)
        => Do(writer => writer.Write(Opcode.BrTable, new Immediates { Labels = labels, Index = otherwise }));

    public CodeBuilder TryTable(CatchClause[] clauses, Action<CodeBuilder> body)
    {
        Do(writer => writer.Write(Opcode.TryTable, new Immediates { Block = BlockType.Empty, Catches = clauses }));
        body(this);
        return Op(Opcode.End);
    }

    /// <summary>The instructions with their <c>end</c>.</summary>
    public byte[] End()
    {
        Op(Opcode.End);
        return _bytes.Written.ToArray();
    }

    private CodeBuilder Nest(Opcode opcode, Action<CodeBuilder> body, ValType? result)
    {
        Do(writer => writer.Write(opcode, result is { } type ? new BlockType(type) : BlockType.Empty));
        body(this);
        return Op(Opcode.End);
    }

    private CodeBuilder Do(Action<InstructionWriter> write)
    {
        write(Writer);
        return this;
    }
}
