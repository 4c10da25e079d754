using System.Diagnostics;
using Nacre.Binary;
using Nacre.Fuzz.Oracles;
using Nacre.Syntax;
using Nacre.Validation;

namespace Nacre.Fuzz.Reduction;

/// <summary>Makes a module smaller as long as engines differ on it: exports, functions, then stretches of instructions are left out.</summary>
/// <param name="definition">The module.</param>
/// <param name="differs">Whether engines still differ; asked of valid modules only.</param>
/// <param name="limit">How long it may take.</param>
internal sealed class ModuleReducer(ModuleDefinition definition, Func<byte[], bool> differs, TimeSpan limit)
{
    private static readonly byte[][] s_replacements = [[], .. Replacements()];

    private readonly long _start = Stopwatch.GetTimestamp();
    private ModuleDefinition _best = definition;

    private bool IsOver => Stopwatch.GetElapsedTime(_start) > limit;

    /// <summary>The smallest module that was found.</summary>
    public byte[] Reduce()
    {
        LeaveOutExports();
        for (int i = 0; i < _best.Functions.Length; i++) TryBody(i, [[(byte)Opcode.Unreachable], [0x0B]]);
        int before;
        do
        {
            before = ModuleEncoder.Encode(_best).Length;
            for (int i = 0; i < _best.Functions.Length; i++) ReduceBody(i);
        }
        while (!IsOver && ModuleEncoder.Encode(_best).Length < before);
        return ModuleEncoder.Encode(_best);
    }

    private void LeaveOutExports()
    {
        for (int i = _best.Exports.Length - 1; i >= 0; i--)
            if (_best.Exports[i].Kind == ExternKind.Func || i > 0) Try(With(_best.Functions, [.. _best.Exports.Where((_, index) => index != i)]));
    }

    // First long stretches, then short ones; what gives a value may be replaced by a constant.
    private void ReduceBody(int function)
    {
        List<byte[]> instructions = Split(_best.Functions[function].Body);
        for (int length = instructions.Count / 2; length >= 1; length = length > 8 ? length / 2 : length - 1)
        {
            for (int at = Math.Max(0, instructions.Count - 1 - length); at >= 0 && !IsOver; at -= length > 8 ? length / 2 : 1)
            {
                foreach (byte[] replacement in s_replacements)
                {
                    if (at + length >= instructions.Count) break;
                    if (length == 1 && replacement.Length >= instructions[at].Length) continue;
                    List<byte[]> shorter = [.. instructions[..at], .. replacement.Length == 0 ? (byte[][])[] : [replacement], .. instructions[(at + length)..]];
                    if (!TryBody(function, shorter)) continue;
                    instructions = shorter;
                    break;
                }
            }
        }
        Unwrap(function, instructions);
    }

    // Blocks whose contents can do without them.
    private void Unwrap(int function, List<byte[]> instructions)
    {
        for (int at = 0; at < instructions.Count && !IsOver; at++)
        {
            if (instructions[at][0] is not (>= 0x02 and <= 0x04 or 0x1F or 0x06)) continue;
            for (int end = at + 1, depth = 0; end < instructions.Count - 1; end++)
            {
                if (instructions[end][0] is (>= 0x02 and <= 0x04) or 0x1F or 0x06) depth++;
                if (instructions[end][0] is not 0x0B || depth-- > 0) continue;
                List<byte[]> shorter = [.. instructions[..at], .. instructions[(at + 1)..end], .. instructions[(end + 1)..]];
                if (TryBody(function, shorter)) instructions = shorter;
                break;
            }
        }
    }

    private bool TryBody(int function, List<byte[]> instructions)
    {
        FuncDefinition[] functions = [.. _best.Functions];
        functions[function] = functions[function] with { Body = new Expr(instructions.SelectMany(bytes => bytes).ToArray(), 0) };
        return Try(With(functions, _best.Exports));
    }

    private bool Try(ModuleDefinition smaller)
    {
        if (IsOver) return false;
        byte[] bytes = ModuleEncoder.Encode(smaller);
        try
        {
            ModuleValidator.Validate(ModuleDecoder.Decode(bytes, WasmFeatures.All), WasmFeatures.All, new TypeRegistry());
        }
        catch (WasmException)       // what is not valid is not tried
        {
            return false;
        }
        if (!differs(bytes)) return false;
        _best = smaller;
        return true;
    }

    private ModuleDefinition With(FuncDefinition[] functions, Export[] exports) => new()
    {
        RecTypes = _best.RecTypes,
        Imports = _best.Imports,
        Functions = functions,
        Tables = _best.Tables,
        Memories = _best.Memories,
        Tags = _best.Tags,
        Globals = _best.Globals,
        Exports = exports,
        Start = _best.Start,
        Elements = _best.Elements,
        Data = _best.Data,
        DataCount = _best.DataCount,
    };

    private static List<byte[]> Split(Expr body)
    {
        var instructions = new List<byte[]>();
        var reader = new InstructionReader(body.Bytes.Span, 0, WasmFeatures.All);
        while (reader.Read()) instructions.Add(reader.Encoded.ToArray());
        return instructions;
    }

    private static IEnumerable<byte[]> Replacements()
    {
        foreach (Opcode opcode in (Opcode[])[Opcode.I32Const, Opcode.I64Const, Opcode.F32Const, Opcode.F64Const, Opcode.V128Const])
        {
            var bytes = new ByteWriter();
            new InstructionWriter(bytes).Write(opcode, default(Immediates));
            yield return bytes.ToArray();
        }
        yield return [0x1A];        // drop
    }
}
