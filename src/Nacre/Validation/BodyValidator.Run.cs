using Nacre.Binary;
using Nacre.Syntax;

namespace Nacre.Validation;

// Runs of short instructions, which are most of all code. The rules beside this file say the same, one instruction at a time.
internal sealed partial class BodyValidator
{
    // More bytes than any instruction of a run has.
    private const int TooLong = 32;

    /// <summary>Validates short instructions up to the first about which there is more to say, be it only that it is wrong.</summary>
    /// <remarks>Free of branches that depend on the instruction: guessing them wrong would take longer than the work itself.</remarks>
    private void ValidateRun(ref InstructionReader reader)
    {
        ReadOnlySpan<byte> bytes = reader.Rest;
        ReadOnlySpan<ShortRule> rules = _context.ShortRules;
        ReadOnlySpan<ValType> locals = _locals.Short;
        Span<ValType> operands = _operands;
        int at = 0, height = _height, floor = _floor;
        while (at <= bytes.Length - InstructionReader.LongestForm && height < operands.Length)
        {
            ref readonly ShortRule rule = ref rules[bytes[at]];
            int next = bytes[at + 1];
            if (next >= rule.NextLimit) break;
            int byteCount = rule.ByteCount;
            if ((bytes[at + byteCount - 1] & rule.ContinuationMask) != 0) byteCount += CountContinuation(bytes[(at + byteCount)..], rule.IntegerLimit);

            uint local = locals[next & rule.LocalMask].Bits;
            uint top = rule.Top | (local & rule.TopLocalMask);
            uint mismatch = ((operands[height - 1].Bits ^ top) & rule.TopMask) | ((operands[height - 2].Bits ^ rule.Second) & rule.SecondMask);
            int rest = height - rule.OperandCount;
            bool isUnknown = rule.LocalMask != 0 & local == 0;
            if (mismatch != 0 | rest < floor | byteCount >= TooLong | isUnknown) break;

            operands[rest] = new ValType(rule.Result | (local & rule.ResultLocalMask));
            height = rest + rule.ResultCount;
            at += byteCount;
        }
        _height = height;
        reader.Skip(at);
    }

    /// <summary>Counts the bytes of an integer after its first; <see cref="TooLong"/> when there are more than allowed.</summary>
    private static int CountContinuation(ReadOnlySpan<byte> bytes, int limit)
    {
        for (int i = 0; i < limit - 1; i++)
            if (bytes[i] < 0x80) return i + 1;
        return TooLong;
    }
}
