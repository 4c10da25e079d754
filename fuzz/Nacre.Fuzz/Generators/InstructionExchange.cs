using Nacre.Binary;
using Nacre.Syntax;

namespace Nacre.Fuzz.Generators;

/// <summary>Exchanges instructions for others of the same signature and immediates: the module stays valid and computes something else.</summary>
internal static class InstructionExchange
{
    // By opcode; null for those whose signature depends on the module.
    private static readonly List<Opcode>?[] s_alike = GroupAlike();

    /// <summary>Exchanges up to <paramref name="times"/> instructions of <paramref name="module"/>, which is well-formed.</summary>
    public static byte[] Exchange(byte[] module, int times, ref SeededRandom random)
    {
        FuncDefinition[] functions = ModuleDecoder.Decode(module, WasmFeatures.All).Functions;
        byte[] copy = [.. module];
        for (; times > 0 && functions.Length > 0; times--) ExchangeOne(copy, functions[random.Below(functions.Length)].Body, ref random);
        return copy;
    }

    private static void ExchangeOne(byte[] module, Expr body, ref SeededRandom random)
    {
        var reader = new InstructionReader(body.Bytes.Span, body.ByteOffset, WasmFeatures.All);
        int chosen = -1, seen = 0;
        List<Opcode> choices = [];
        while (reader.Read())
        {
            if (s_alike[(int)reader.Opcode] is { Count: > 1 } alike && random.Below(++seen) == 0) (chosen, choices) = (reader.ByteOffset, alike);
        }
        if (chosen < 0) return;
        Opcode other = choices[random.Below(choices.Count)];
        int at = chosen + (OpcodeInfo.Prefix(other) == 0 ? 0 : 1);
        for (uint code = OpcodeInfo.Code(other); ; code >>= 7)
        {
            bool isLast = code < 0x80 || OpcodeInfo.Prefix(other) == 0;
            module[at++] = (byte)(isLast ? code : code | 0x80);
            if (isLast) return;
        }
    }

    private static List<Opcode>?[] GroupAlike()
    {
        var groups = new Dictionary<string, List<Opcode>>();
        var byOpcode = new List<Opcode>?[OpcodeInfo.Count];
        for (int i = 0; i < OpcodeInfo.Count; i++)
        {
            var opcode = (Opcode)i;
            if (!OpcodeInfo.HasFixedSignature(opcode)) continue;
            string key = KeyOf(opcode);
            if (!groups.TryGetValue(key, out List<Opcode>? group)) groups.Add(key, group = []);
            group.Add(opcode);
            byOpcode[i] = group;
        }
        return byOpcode;
    }

    // The code takes as many bytes, so nothing moves.
    private static string KeyOf(Opcode opcode) => string.Join(' ',
        OpcodeInfo.Prefix(opcode), OpcodeInfo.Prefix(opcode) != 0 && OpcodeInfo.Code(opcode) >= 0x80, OpcodeInfo.Shape(opcode),
        string.Join(',', OpcodeInfo.Operands(opcode).ToArray()), string.Join(',', OpcodeInfo.Results(opcode).ToArray()));
}
