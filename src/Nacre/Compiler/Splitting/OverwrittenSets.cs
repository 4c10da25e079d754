using Nacre.Binary;
using Nacre.Syntax;

namespace Nacre.Compiler;

/// <summary>Finds the instructions that set a local which is set again before control can go elsewhere.</summary>
/// <remarks>No other piece sees what they set; but inside of a try an exception may lead to one at any time, whatever this says.</remarks>
internal static class OverwrittenSets
{
    /// <summary>The byte offsets of such instructions.</summary>
    /// <param name="instructions">The code of a piece.</param>
    /// <param name="byteOffset">Where it begins.</param>
    public static HashSet<int> In(ReadOnlySpan<byte> instructions, int byteOffset)
    {
        var overwritten = new HashSet<int>();
        var latest = new Dictionary<uint, int>();
        var reader = new InstructionReader(instructions, byteOffset, WasmFeatures.All);
        while (reader.Read())
        {
            if (DividesControl(reader.Opcode)) latest.Clear();
            else if (reader.Opcode is Opcode.LocalSet or Opcode.LocalTee)
            {
                if (latest.TryGetValue(reader.Index, out int earlier)) overwritten.Add(earlier);
                latest[reader.Index] = reader.ByteOffset;
            }
        }
        return overwritten;
    }

    // Blocks, their parts and their ends, and branches; after what never goes on, nothing is emitted.
    private static bool DividesControl(Opcode opcode) => opcode
        is (>= Opcode.Unreachable and <= Opcode.Return and not Opcode.Nop) or Opcode.Delegate or Opcode.CatchAll or Opcode.TryTable
        or Opcode.BrOnNull or Opcode.BrOnNonNull or Opcode.BrOnCast or Opcode.BrOnCastFail;
}
