using Nacre.Generators.Opcodes;

namespace Nacre.Generators.Interpreter;

/// <summary>Operations from instructions that read or write a memory.</summary>
internal static class AccessOps
{
    private const byte AtomicPrefix = 0xFE;

    /// <summary>The operations of <paramref name="row"/>.</summary>
    public static PlainOps Of(OpcodeRow row, Signature signature)
    {
        bool isSimple = row.Code.Prefix != AtomicPrefix && row.Immediates.Items.Count == 1;
        return new PlainOps(row, Plain: null, Near: isSimple ? Near(row, signature) : null, Far: Far(row, signature));
    }

    private static int ByteCount(OpcodeRow row) => row.Immediates.ArgumentOf("memarg");

    private static bool IsWide(OpcodeRow row, Signature signature)
        => row.Code.Prefix == AtomicPrefix || signature.Operands.Concat(signature.Results).Contains("v128");

    private static InternalOp Near(OpcodeRow row, Signature signature)
    {
        // Index and offset have 32 bits, so their sum cannot overflow 64.
        string check = "ulong address = (ulong)*(uint*)(fp + pc->B) + pc->C; "
            + $"if (address + {ByteCount(row)} > memory->ByteLength) {InternalOp.Fault} ";
        string access = signature.Results.Count == 1
            ? $"{SlotType.At(signature.Results[0], "pc->A")} = {NumericOps.Call(row, ["memory->Base + address"])};"
            : $"{NumericOps.Call(row, ["memory->Base + address", SlotType.At(signature.Operands[1], "pc->A")])};";
        return new InternalOp(row.Name, OpKind.Step, Words: 1, check + access, IsWide(row, signature));
    }

    private static InternalOp Far(OpcodeRow row, Signature signature)
    {
        string address = row.Code.Prefix == AtomicPrefix ? "AtomicAddress" : "FarAddress";
        var arguments = new List<string> { $"thread.{address}(pc, fp, {ByteCount(row)})" };
        if (signature.Operands.Count == 2) arguments.Add(SlotType.At(signature.Operands[1], "pc->C"));
        else arguments.AddRange(NumericOps.Consecutive(signature.Operands, first: 1));
        if (row.Immediates.ArgumentOf("lane") != 0) arguments.Add("(byte)pc[1].X");

        string call = NumericOps.Call(row, arguments) + ";";
        string body = signature.Results.Count == 1 ? $"{SlotType.At(signature.Results[0], "pc->A")} = {call}" : call;
        return new InternalOp(row.Name + "Far", OpKind.Step, Words: 2, body, IsWide(row, signature));
    }
}
