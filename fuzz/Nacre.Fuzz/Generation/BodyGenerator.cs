using Nacre.Binary;
using Nacre.Syntax;

namespace Nacre.Fuzz.Generation;

/// <summary>Writes the body of one function: statements that leave nothing on the operand stack, made of expressions of wanted types.</summary>
/// <remarks>
/// Valid by construction: an expression of a type is a constant, a variable, or an instruction whose results are of that type after
/// expressions for its operands. A budget of instructions ends the growth.
/// </remarks>
internal sealed partial class BodyGenerator
{
    private readonly World _world;
    private readonly Dice _dice;
    private readonly TypeWorld _types;
    private readonly Callee _self;
    private readonly ByteWriter _bytes = new();
    private readonly List<ValType> _locals;
    private readonly List<Label> _labels = [];
    private readonly Dictionary<ValType, uint> _scratch = [];
    private int _variableCount;
    private bool _areSet;
    private int _budget;
    private int _depth;

    /// <summary>What a branch finds: the types it brings along, and whether a <c>rethrow</c> may name it.</summary>
    private readonly record struct Label(ValType[] Types, bool IsLoop = false, bool IsCatch = false);

    /// <summary>Begins the body of <paramref name="self"/>.</summary>
    /// <param name="world">What the body can refer to.</param>
    /// <param name="self">The function.</param>
    /// <param name="budget">About how many instructions there are to be.</param>
    public BodyGenerator(World world, Callee self, int budget)
    {
        (_world, _dice, _types, _self, _budget) = (world, world.Dice, world.Types, self, budget);
        _locals = [.. self.Type.Parameters.ToArray()];
    }

    private InstructionWriter Writer => new(_bytes);

    /// <summary>The function.</summary>
    public FuncDefinition Generate()
    {
        int parameterCount = _locals.Count;
        for (int count = _self.IsProbe ? 0 : _dice.Once(12) ? _dice.Between(40, 150) : _dice.Between(2, 8); count > 0; count--) _locals.Add(_world.AnyType());
        _variableCount = _locals.Count;
        _labels.Add(new Label(_self.Type.Results.ToArray()));
        for (int i = parameterCount; i < _variableCount; i++)
        {
            // What is not null before must be set before; the rest mostly starts as zero.
            if (_locals[i].IsDefaultable && !(_locals[i].IsNumber && _dice.Once(3))) continue;
            Leaf(_locals[i]);
            Op(Opcode.LocalSet, (uint)i);
        }
        _areSet = true;
        if (_world.IsBounded) CountDown();
        if (_self.IsProbe) Probe();
        else
        {
            Statements(_dice.Between(2, 10));
            Epilogue();
            Expressions(_self.Type.Results);
        }
        Op(Opcode.End);
        LocalRun[] runs = [.. _locals.Skip(parameterCount).Select(type => new LocalRun(1, type))];
        return new FuncDefinition(new TypeIndex(_self.TypeIndex), runs, new Expr(_bytes.ToArray(), 0));
    }

    private void CountDown()
    {
        Op(Opcode.GlobalGet, World.Countdown);
        Constant(ValType.I32, 1);
        Op(Opcode.I32Sub);
        Op(Opcode.GlobalSet, World.Countdown);
        Op(Opcode.GlobalGet, World.Countdown);
        Constant(ValType.I32, 0);
        Op(Opcode.I32LtS);
        Writer.Write(Opcode.If, BlockType.Empty);
        Op(Opcode.Unreachable);
        Op(Opcode.End);
    }

    // What locals held shall be seen from outside.
    private void Epilogue()
    {
        for (int i = 0; i < Math.Min(_variableCount, 8); i++)
        {
            ValType type = _locals[i];
            if (type.IsReference || _dice.Once(3)) continue;
            Op(Opcode.GlobalGet, World.Digest);
            Constant(ValType.I64, 7);
            Op(Opcode.I64Rotl);
            Op(Opcode.LocalGet, (uint)i);
            if (type == ValType.I32) Op(Opcode.I64ExtendI32U);
            if (type == ValType.F32)
            {
                Op(Opcode.I32ReinterpretF32);
                Op(Opcode.I64ExtendI32S);
            }
            if (type == ValType.F64) Op(Opcode.I64ReinterpretF64);
            if (type == ValType.V128) Writer.Write(Opcode.I64x2ExtractLane, new Immediates { Lane = (byte)_dice.Below(2) });
            Op(Opcode.I64Xor);
            Op(Opcode.GlobalSet, World.Digest);
        }
    }

    private void Op(Opcode opcode, uint index = 0, uint index2 = 0)
    {
        _budget--;
        Writer.Write(opcode, index, index2);
    }

    private void Constant(ValType type, ulong low, ulong high = 0)
    {
        Opcode opcode = type == ValType.I32 ? Opcode.I32Const : type == ValType.I64 ? Opcode.I64Const
            : type == ValType.F32 ? Opcode.F32Const : type == ValType.F64 ? Opcode.F64Const : Opcode.V128Const;
        _budget--;
        Writer.Write(opcode, new Immediates { Bits = low, BitsHigh = high });
    }

    private void Heap(Opcode opcode, HeapType type)
    {
        _budget--;
        Writer.Write(opcode, new Immediates { Heap = type });
    }

    private void Open(Opcode opcode, ValType[] parameters, ValType[] results, bool isCatch = false)
    {
        _budget--;
        Writer.Write(opcode, _types.Block(parameters, results));
        _labels.Add(new Label(opcode == Opcode.Loop ? parameters : results, opcode == Opcode.Loop, isCatch));
    }

    private void Close()
    {
        Op(Opcode.End);
        _labels.RemoveAt(_labels.Count - 1);
    }

    /// <summary>A local of its own for values of <paramref name="type"/>, that no statement knows; nullable for references.</summary>
    private uint Scratch(ValType type)
    {
        ValType kept = type.IsReference ? ValType.RefNull(type.HeapType) : type;
        if (!_scratch.TryGetValue(kept, out uint local)) _scratch.Add(kept, local = Hidden(kept));
        return local;
    }

    private uint Hidden(ValType type)
    {
        _locals.Add(type);
        return (uint)_locals.Count - 1;
    }

    /// <summary>A local that statements know and whose type <paramref name="fits"/>; null when there is none.</summary>
    private uint? AnyLocal(Func<ValType, bool> fits)
    {
        int start = _dice.Below(_variableCount);
        for (int i = 0; i < _variableCount; i++)
        {
            int local = (start + i) % _variableCount;
            if (fits(_locals[local])) return (uint)local;
        }
        return null;
    }

    private uint? AnyGlobal(Func<GlobalType, bool> fits)
    {
        int start = _dice.Below(_world.Globals.Count);
        for (int i = 0; i < _world.Globals.Count; i++)
        {
            int global = (start + i) % _world.Globals.Count;
            if (global != World.Countdown && fits(_world.Globals[global])) return (uint)global;
        }
        return null;
    }

    /// <summary>Takes values off the stack, the last first: into locals, or away.</summary>
    private void Consume(ReadOnlySpan<ValType> types)
    {
        for (int i = types.Length - 1; i >= 0; i--)
        {
            ValType type = types[i];
            if (_dice.Percent(70) && AnyLocal(local => _types.Matches(type, local)) is { } target) Op(Opcode.LocalSet, target);
            else Op(Opcode.Drop);
        }
    }

    private void Expressions(ReadOnlySpan<ValType> types)
    {
        foreach (ValType type in types) Expression(type);
    }
}
