using Nacre.Syntax;

namespace Nacre.Binary;

public sealed partial class ModuleEncoder
{
    private static void WriteElementSegment(ByteWriter output, ElementSegment segment)
    {
        // Functions alone cannot say their type: it is (ref func).
        bool hasExpressions = segment.Functions is null || segment.Type != ValType.Ref(AbstractHeapType.Func);
        bool isTypeImplied = !hasExpressions || segment.Type == ValType.Funcref;
        uint flags = ElementFlags(segment, isTypeImplied) | (hasExpressions ? ModuleDecoder.HasExpressions : 0);

        output.WriteU32(flags);
        bool isActive = segment.Mode == SegmentMode.Active;
        if (isActive && (flags & ModuleDecoder.HasTableIndex) != 0) output.WriteU32(segment.Table.Value);
        if (isActive) WriteExpr(output, segment.Offset!.Value);
        if ((flags & (ModuleDecoder.NotActive | ModuleDecoder.HasTableIndex)) != 0)
        {
            if (hasExpressions) TypeWriter.WriteValType(output, segment.Type);
            else output.WriteByte(0);
        }
        WriteItems(output, segment, hasExpressions);
    }

    private static uint ElementFlags(ElementSegment segment, bool isTypeImplied) => segment.Mode switch
    {
        SegmentMode.Active => segment.Table.Value != 0 || !isTypeImplied ? ModuleDecoder.HasTableIndex : 0,
        SegmentMode.Passive => ModuleDecoder.NotActive,
        _ => ModuleDecoder.NotActive | ModuleDecoder.Declarative,
    };

    private static void WriteItems(ByteWriter output, ElementSegment segment, bool hasExpressions)
    {
        output.WriteU32((uint)segment.Count);
        foreach (Expr initializer in segment.Initializers ?? []) WriteExpr(output, initializer);
        foreach (FuncIndex function in segment.Functions ?? [])
        {
            if (hasExpressions) WriteReference(output, function);
            else output.WriteU32(function.Value);
        }
    }

    private static void WriteReference(ByteWriter output, FuncIndex function)
    {
        var instructions = new InstructionWriter(output);
        instructions.Write(Opcode.RefFunc, function.Value);
        instructions.Write(Opcode.End);
    }

    private static void WriteDataSegment(ByteWriter output, DataSegment segment)
    {
        bool isPassive = segment.Mode == SegmentMode.Passive;
        bool hasMemoryIndex = !isPassive && segment.Memory.Value != 0;
        output.WriteU32(isPassive ? ModuleDecoder.NotActive : hasMemoryIndex ? ModuleDecoder.DataWithMemoryIndex : 0);
        if (hasMemoryIndex) output.WriteU32(segment.Memory.Value);
        if (segment.Offset is { } offset) WriteExpr(output, offset);
        output.WriteU32((uint)segment.Bytes.Length);
        output.WriteBytes(segment.Bytes.Span);
    }
}
