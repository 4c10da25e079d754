using Nacre.Binary;
using Nacre.Syntax;

namespace Nacre.Benchmarks;

/// <summary>A valid module of any size, the same each time: statements in the proportions in which a C compiler uses instructions.</summary>
/// <remarks>About a third of the instructions read or write locals, a fifth are constants, a tenth accesses to memory, a tenth control.</remarks>
internal sealed class GeneratedModule
{
    private const uint LocalCount = 24, StatementCount = 40, CalleeCount = 2_000, MaxDepth = 5;

    private static readonly Opcode[] s_binary =
        [Opcode.I32Add, Opcode.I32Add, Opcode.I32Add, Opcode.I32Sub, Opcode.I32Mul, Opcode.I32And, Opcode.I32And, Opcode.I32Or, Opcode.I32Shl, Opcode.I32ShrU];

    private static readonly Opcode[] s_compare =
        [Opcode.I32Eq, Opcode.I32Ne, Opcode.I32LtS, Opcode.I32LtU, Opcode.I32GtS, Opcode.I32GtU, Opcode.I32GeU];

    private static readonly (Opcode Opcode, uint AlignLog2)[] s_loads =
        [(Opcode.I32Load, 2), (Opcode.I32Load, 2), (Opcode.I32Load, 2), (Opcode.I32Load8U, 0), (Opcode.I32Load8S, 0), (Opcode.I32Load16U, 1)];

    private readonly ByteWriter _body = new();
    private readonly InstructionWriter _code;
    private ulong _state = 1;

    private GeneratedModule() => _code = new InstructionWriter(_body);

    /// <summary>A module of at least <paramref name="byteCount"/> bytes of code, encoded.</summary>
    public static byte[] Create(int byteCount)
    {
        var generator = new GeneratedModule();
        var functions = new List<FuncDefinition>();
        for (int codeByteCount = 0; codeByteCount < byteCount; codeByteCount += functions[^1].Body.Bytes.Length)
            functions.Add(generator.CreateFunction());
        return ModuleEncoder.Encode(new ModuleDefinition
        {
            RecTypes = [new RecType([SubType.Plain(new FuncType([ValType.I32, ValType.I32], [ValType.I32]))])],
            Functions = [.. functions],
            Memories = [new MemoryType(new Limits(1))],
            Exports = [new Export("memory", ExternKind.Memory, 0)],
        });
    }

    private FuncDefinition CreateFunction()
    {
        _body.Clear();
        for (int i = 0; i < StatementCount; i++) WriteStatement(depth: 0);
        WriteExpression(depth: 1);
        _code.Write(Opcode.End);
        return new FuncDefinition(new TypeIndex(0), [new LocalRun(LocalCount - 2, ValType.I32)], new Expr(_body.ToArray(), 0));
    }

    private void WriteStatement(uint depth)
    {
        switch (Below(depth < MaxDepth ? 10u : 6u))
        {
            case 0 or 1 or 2:
                WriteExpression(depth: 0);
                _code.Write(Opcode.LocalSet, Local());
                break;
            case 3 or 4:
                WriteExpression(depth: 2);
                WriteExpression(depth: 1);
                _code.WriteAccess(Opcode.I32Store, alignLog2: 2, Below(200));
                break;
            case 5:
                WriteExpression(depth: 2);
                WriteExpression(depth: 2);
                _code.Write(Opcode.Call, Below(CalleeCount));
                _code.Write(Opcode.Drop);
                break;
            case 6 or 7: WriteBlock(Opcode.Block, depth); break;
            case 8: WriteBlock(Opcode.Loop, depth); break;
            default:
                WriteCondition();
                WriteBlock(Opcode.If, depth);
                break;
        }
    }

    private void WriteBlock(Opcode opcode, uint depth)
    {
        _code.Write(opcode, BlockType.Empty);
        for (uint count = 1 + Below(3); count > 0; count--) WriteStatement(depth + 1);
        WriteCondition();
        _code.Write(Opcode.BrIf, Below(depth + 1));
        if (opcode == Opcode.If && Below(2) == 0)
        {
            _code.Write(Opcode.Else);
            WriteStatement(depth + 1);
        }
        _code.Write(Opcode.End);
    }

    private void WriteCondition()
    {
        WriteExpression(depth: 2);
        if (Below(3) == 0)
        {
            _code.Write(Opcode.I32Eqz);
            return;
        }
        WriteExpression(depth: 3);
        _code.Write(s_compare[Below((uint)s_compare.Length)]);
    }

    private void WriteExpression(uint depth)
    {
        switch (Below(depth < 3 ? 10u : 4u))
        {
            case 0 or 1 or 2: _code.Write(Opcode.LocalGet, Local()); break;
            case 3: _code.WriteConst(Constant()); break;
            case 4 or 5:
                WriteExpression(depth + 1);
                (Opcode load, uint alignLog2) = s_loads[Below((uint)s_loads.Length)];
                _code.WriteAccess(load, alignLog2, Below(200));
                break;
            case 6:
                WriteExpression(depth + 1);
                _code.Write(Opcode.LocalTee, Local());
                break;
            default:
                WriteExpression(depth + 1);
                WriteExpression(depth + 1);
                _code.Write(s_binary[Below((uint)s_binary.Length)]);
                break;
        }
    }

    private uint Local() => Below(LocalCount);

    // Mostly small; now and then an address.
    private int Constant() => Below(4) == 0 ? (int)Below(1 << 24) : (int)Below(128) - 16;

    private uint Below(uint end)
    {
        _state = (_state * 6_364_136_223_846_793_005) + 1_442_695_040_888_963_407;
        return (uint)((_state >> 33) % end);
    }
}
