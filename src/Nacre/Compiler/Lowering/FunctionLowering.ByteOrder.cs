using Nacre.Binary;
using Nacre.Syntax;

namespace Nacre.Compiler;

/// <content>Recognises how compilers reverse the order of bytes, for which WebAssembly has no instruction.</content>
internal sealed partial class FunctionLowering
{
    // What follows `local.get x; i32.const 24`: (x << 24 | (x & 0xFF00) << 8) | ((x >> 8 & 0xFF00) | x >> 24).
    private static readonly (Opcode Opcode, ulong? Constant)[] s_reversal =
    [
        (Opcode.I32Shl, null),
        (Opcode.LocalGet, null), (Opcode.I32Const, 0xFF00), (Opcode.I32And, null), (Opcode.I32Const, 8), (Opcode.I32Shl, null), (Opcode.I32Or, null),
        (Opcode.LocalGet, null), (Opcode.I32Const, 8), (Opcode.I32ShrU, null), (Opcode.I32Const, 0xFF00), (Opcode.I32And, null),
        (Opcode.LocalGet, null), (Opcode.I32Const, 24), (Opcode.I32ShrU, null), (Opcode.I32Or, null), (Opcode.I32Or, null),
    ];

    /// <summary>Lowers the whole sequence, if it begins with the constant at hand.</summary>
    private bool TryLowerReversal(ref InstructionReader reader)
    {
        if (reader.Bits != 24 || _count <= LabelAt(0).Base || Top.Home != Home.Local || Top.Kind != ValueKind.I32) return false;
        uint local = Top.Local;
        InstructionReader ahead = reader;
        foreach ((Opcode opcode, ulong? constant) in s_reversal)
        {
            if (!ahead.Read() || ahead.Opcode != opcode) return false;
            if (opcode == Opcode.LocalGet && OldestEqual(ahead.Index) != local) return false;
            if (constant is { } bits && ahead.Bits != bits) return false;
        }
        for (int i = 0; i < s_reversal.Length; i++)
        {
            reader.Read();
            CountInstruction(ref reader);
            if (Survey is not null && reader.Opcode == Opcode.LocalGet) Note(FlowEventKind.Get, (int)reader.Index);
        }
        Origin origin = OriginOf(in Top);
        Take(1);
        EmitHelper(nameof(Support.ReverseBytes));
        PushStack(ValueKind.I32);
        Top.Origin = origin;
        return true;
    }
}
