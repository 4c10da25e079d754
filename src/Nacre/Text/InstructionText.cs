using System.Diagnostics;
using System.Globalization;
using Nacre.Binary;
using Nacre.Syntax;

namespace Nacre.Text;

/// <summary>Writes instructions, their names and immediates, as <see cref="ImmediateShape"/> tells.</summary>
/// <remarks>Spec: Text Format, Instructions. Tables, memories and segments stand in the text's order, which is not that of the bytes.</remarks>
internal sealed class InstructionText(ModuleIdentifiers identifiers, ModuleTypes types, LabelStack labels)
{
    /// <summary>The identifiers of the function at hand.</summary>
    public Identifiers Locals { get; set; } = Identifiers.None;

    /// <summary>Writes the instruction that was read last.</summary>
    public void Write(TextOutput output, ref InstructionReader reader)
    {
        output.AddAscii(OpcodeInfo.MnemonicUtf8(reader.Opcode));
        ImmediateShape shape = OpcodeInfo.Shape(reader.Opcode);
        if (OpcodeInfo.NaturalAlignment(reader.Opcode) != 0) WriteAccess(output, ref reader);
        else if (shape is not (ImmediateShape.None or ImmediateShape.Zero)) WriteImmediates(output, shape, ref reader);
    }

    /// <summary>Writes the head of a block: name, label, type, and what it catches.</summary>
    public void WriteBlock(TextOutput output, ref InstructionReader reader, string? label)
    {
        output.AddAscii(OpcodeInfo.MnemonicUtf8(reader.Opcode)).Add(' ');
        if (label is not null) output.Add(label);
        else output.Add("(;@").Add((ulong)labels.NextNumber).Add(";)");
        if (reader.Block.IsIndex) WriteTypeUse(output, reader.Block.Type.Value);
        else if (reader.Block.IsValue) WriteResult(output, reader.Block.Result);
        if (reader.Opcode == Opcode.TryTable) WriteCatches(output, ref reader);
    }

    /// <summary>Writes <c> (type …)</c>.</summary>
    public void WriteTypeUse(TextOutput output, uint type)
    {
        output.Add(" (type ");
        identifiers.Types.Use(output, type);
        output.Add(')');
    }

    /// <summary>Writes a value type.</summary>
    public void WriteValType(TextOutput output, ValType type)
    {
        if (!type.IsReference || !type.HeapType.IsDefined)
        {
            output.Add(type.ToString());
            return;
        }
        output.Add(type.IsNullable ? "(ref null " : "(ref ");
        WriteHeapType(output, type.HeapType);
        output.Add(')');
    }

    /// <summary>Writes a heap type.</summary>
    public void WriteHeapType(TextOutput output, HeapType type)
    {
        if (type.IsDefined) identifiers.Types.Use(output, type.Index);
        else output.Add(type.ToString());
    }

    private void WriteImmediates(TextOutput output, ImmediateShape shape, ref InstructionReader reader)
    {
        switch (shape)
        {
            case ImmediateShape.Local: Use(output, Locals, reader.Index); break;
            case ImmediateShape.Func: Use(output, identifiers.Funcs, reader.Index); break;
            case ImmediateShape.Global: Use(output, identifiers.Globals, reader.Index); break;
            case ImmediateShape.Tag: Use(output, identifiers.Tags, reader.Index); break;
            case ImmediateShape.Type: Use(output, identifiers.Types, reader.Index); break;
            case ImmediateShape.Elem: Use(output, identifiers.Elems, reader.Index); break;
            case ImmediateShape.Data: Use(output, identifiers.Data, reader.Index); break;
            case ImmediateShape.Table: UseUnlessFirst(output, identifiers.Tables, reader.Index); break;
            case ImmediateShape.Memory: UseUnlessFirst(output, identifiers.Memories, reader.Index); break;
            case ImmediateShape.Label: WriteLabel(output, reader.Index); break;
            case ImmediateShape.LabelsLabel: WriteLabels(output, ref reader); break;
            case ImmediateShape.TypeTable:
                UseUnlessFirst(output, identifiers.Tables, reader.Index2);
                WriteTypeUse(output, reader.Index);
                break;
            case ImmediateShape.TypeField: UseBoth(output, identifiers.Types, identifiers.FieldsOf(reader.Index, FieldCount(reader.Index)), ref reader); break;
            case ImmediateShape.TypeType: UseBoth(output, identifiers.Types, identifiers.Types, ref reader); break;
            case ImmediateShape.TypeCount: UseBoth(output, identifiers.Types, Identifiers.None, ref reader); break;
            case ImmediateShape.TypeData: UseBoth(output, identifiers.Types, identifiers.Data, ref reader); break;
            case ImmediateShape.TypeElem: UseBoth(output, identifiers.Types, identifiers.Elems, ref reader); break;
            case ImmediateShape.TableTable: UsePair(output, identifiers.Tables, ref reader); break;
            case ImmediateShape.MemoryMemory: UsePair(output, identifiers.Memories, ref reader); break;
            case ImmediateShape.ElemTable:
                UseUnlessFirst(output, identifiers.Tables, reader.Index2);
                Use(output, identifiers.Elems, reader.Index);
                break;
            case ImmediateShape.DataMemory:
                UseUnlessFirst(output, identifiers.Memories, reader.Index2);
                Use(output, identifiers.Data, reader.Index);
                break;
            case ImmediateShape.Types: WriteTypes(output, ref reader); break;
            case ImmediateShape.Heap: WriteHeap(output, ref reader); break;
            case ImmediateShape.CastflagsLabelHeapHeap: WriteCast(output, ref reader); break;
            default: WriteConstant(output, shape, ref reader); break;
        }
    }

    private static void WriteConstant(TextOutput output, ImmediateShape shape, ref InstructionReader reader)
    {
        output.Add(' ');
        switch (shape)
        {
            case ImmediateShape.S32: output.Add((long)(int)reader.Bits); break;
            case ImmediateShape.S64: output.Add((long)reader.Bits); break;
            case ImmediateShape.F32: output.Add(FloatText.OfSingle((uint)reader.Bits)); break;
            case ImmediateShape.F64: output.Add(FloatText.OfDouble(reader.Bits)); break;
            case ImmediateShape.V128: WriteVector(output, reader.Bits, reader.BitsHigh); break;
            case ImmediateShape.Lanes: WriteLanes(output, reader.Bits, reader.BitsHigh); break;
            case var _ when OpcodeInfo.LaneCount(reader.Opcode) != 0: output.Add((ulong)reader.Lane); break;
            default: throw new UnreachableException();
        }
    }

    private static void Use(TextOutput output, Identifiers space, uint index) => space.Use(output.Add(' '), index);

    private static void UseUnlessFirst(TextOutput output, Identifiers space, uint index)
    {
        if (index != 0) Use(output, space, index);
    }

    private static void UseBoth(TextOutput output, Identifiers first, Identifiers second, ref InstructionReader reader)
    {
        Use(output, first, reader.Index);
        Use(output, second, reader.Index2);
    }

    private static void UsePair(TextOutput output, Identifiers space, ref InstructionReader reader)
    {
        if (reader.Index != 0 || reader.Index2 != 0) UseBoth(output, space, space, ref reader);
    }

    private int FieldCount(uint type) => types.Defined<StructType>(type)?.Fields.Length ?? 0;

    private void WriteLabel(TextOutput output, uint label) => labels.Use(output.Add(' '), label);

    private void WriteLabels(TextOutput output, ref InstructionReader reader)
    {
        foreach (uint label in reader.Labels) WriteLabel(output, label);
        WriteLabel(output, reader.Index);
    }

    private void WriteResult(TextOutput output, ValType type)
    {
        WriteValType(output.Add(" (result "), type);
        output.Add(')');
    }

    private void WriteTypes(TextOutput output, ref InstructionReader reader)
    {
        output.Add(" (result");
        foreach (ValType type in reader.Types) WriteValType(output.Add(' '), type);
        output.Add(')');
    }

    private void WriteHeap(TextOutput output, ref InstructionReader reader)
    {
        output.Add(' ');
        if (reader.Opcode == Opcode.RefNull) WriteHeapType(output, reader.Heap);
        else WriteValType(output, ValType.Reference(reader.Heap, nullable: reader.Opcode is Opcode.RefTestNull or Opcode.RefCastNull));
    }

    private void WriteCast(TextOutput output, ref InstructionReader reader)
    {
        WriteLabel(output, reader.Index);
        WriteValType(output.Add(' '), ValType.Reference(reader.Heap, nullable: (reader.CastFlags & 1) != 0));
        WriteValType(output.Add(' '), ValType.Reference(reader.Heap2, nullable: (reader.CastFlags & 2) != 0));
    }

    private void WriteCatches(TextOutput output, ref InstructionReader reader)
    {
        foreach (CatchClause clause in reader.Catches)
        {
            output.Add(clause.Kind switch
            {
                CatchKind.Catch => " (catch",
                CatchKind.CatchRef => " (catch_ref",
                CatchKind.CatchAll => " (catch_all",
                _ => " (catch_all_ref",
            });
            if (CatchClause.HasTag(clause.Kind)) Use(output, identifiers.Tags, clause.Tag.Value);
            WriteLabel(output, clause.Label.Value);
            output.Add(')');
        }
    }

    private void WriteAccess(TextOutput output, ref InstructionReader reader)
    {
        UseUnlessFirst(output, identifiers.Memories, reader.MemoryIndex);
        if (reader.Offset != 0) output.Add(" offset=").Add(reader.Offset);
        ulong align = 1UL << (int)reader.AlignLog2;
        if (align != (ulong)OpcodeInfo.NaturalAlignment(reader.Opcode)) output.Add(" align=").Add(align);
        if (OpcodeInfo.LaneCount(reader.Opcode) != 0) output.Add(' ').Add((ulong)reader.Lane);
    }

    private static void WriteVector(TextOutput output, ulong low, ulong high)
        => output.Add(string.Create(CultureInfo.InvariantCulture,
            $"i32x4 0x{(uint)low:x8} 0x{(uint)(low >> 32):x8} 0x{(uint)high:x8} 0x{(uint)(high >> 32):x8}"));

    private static void WriteLanes(TextOutput output, ulong low, ulong high)
    {
        for (int i = 0; i < 16; i++)
        {
            if (i > 0) output.Add(' ');
            output.Add(((i < 8 ? low : high) >> (i % 8 * 8)) & 0xFF);
        }
    }
}
