using System.Buffers.Binary;
using System.Reflection;
using System.Reflection.Emit;

namespace Nacre.Tests.Compiler;

/// <summary>What RyuJIT counts before it decides whether a method is worth optimising.</summary>
internal sealed record MethodSize(int IlByteCount, int InstructionCount, int BasicBlockCount, int LocalCount, int LocalUseCount)
{
    private static readonly Dictionary<int, OpCode> s_opCodes = typeof(OpCodes).GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(field => (OpCode)field.GetValue(null)!).ToDictionary(opCode => (int)(ushort)opCode.Value);

    /// <summary>Beyond any of these RyuJIT does not optimise.</summary>
    public bool IsOptimised => IlByteCount <= 60_000 && InstructionCount <= 20_000 && BasicBlockCount <= 2_000 && LocalCount <= 2_000 && LocalUseCount <= 8_000;

    /// <summary>Counts what the method of a class made at run time has.</summary>
    public static MethodSize Of(Type type)
    {
        MethodBody body = type.GetMethods(BindingFlags.Public | BindingFlags.Static).Single().GetMethodBody()!;
        byte[] il = body.GetILAsByteArray()!;
        var blocks = new HashSet<int> { 0 };
        int instructions = 0, uses = 0;
        for (int position = 0; position < il.Length;)
        {
            OpCode opCode = il[position] == 0xFE ? s_opCodes[0xFE00 | il[position + 1]] : s_opCodes[il[position]];
            position += opCode.Size;
            int next = position + OperandSize(opCode, il.AsSpan(position));
            instructions++;
            if (opCode.Name!.StartsWith("ldloc", StringComparison.Ordinal) || opCode.Name.StartsWith("stloc", StringComparison.Ordinal)
                || opCode.Name.StartsWith("ldarg", StringComparison.Ordinal) || opCode.Name.StartsWith("starg", StringComparison.Ordinal)) uses++;
            if (opCode.OperandType == OperandType.InlineBrTarget) blocks.Add(next + BinaryPrimitives.ReadInt32LittleEndian(il.AsSpan(position)));
            if (opCode.OperandType == OperandType.ShortInlineBrTarget) blocks.Add(next + (sbyte)il[position]);
            if (opCode.OperandType == OperandType.InlineSwitch)
                for (int at = position + 4; at < next; at += 4) blocks.Add(next + BinaryPrimitives.ReadInt32LittleEndian(il.AsSpan(at)));
            if (opCode.FlowControl is FlowControl.Branch or FlowControl.Cond_Branch or FlowControl.Return or FlowControl.Throw) blocks.Add(next);
            position = next;
        }
        blocks.Remove(il.Length);
        return new MethodSize(il.Length, instructions, blocks.Count, body.LocalVariables.Count, uses);
    }

    private static int OperandSize(OpCode opCode, ReadOnlySpan<byte> operand) => opCode.OperandType switch
    {
        OperandType.InlineNone => 0,
        OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
        OperandType.InlineVar => 2,
        OperandType.InlineI8 or OperandType.InlineR => 8,
        OperandType.InlineSwitch => 4 + (4 * BinaryPrimitives.ReadInt32LittleEndian(operand)),
        _ => 4,
    };
}
