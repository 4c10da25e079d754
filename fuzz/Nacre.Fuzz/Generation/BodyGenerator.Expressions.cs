using Nacre.Binary;
using Nacre.Syntax;

namespace Nacre.Fuzz.Generation;

/// <content>Expressions: one value of a wanted type.</content>
internal sealed partial class BodyGenerator
{
    private const int DeepestExpression = 40;

    /// <summary>Leaves a value of <paramref name="type"/> on the stack; the bits of a NaN may be open where <paramref name="loose"/> says so.</summary>
    private void Expression(ValType type, Loose loose = Loose.None)
    {
        if (_budget <= 0 || _depth > DeepestExpression || _dice.Percent(22))
        {
            Leaf(type);
            return;
        }
        _depth++;
        bool isInteger = type == ValType.I32 || type == ValType.I64;
        switch (_dice.Weighted(60, 8, 3, 5, 4, 3, !isInteger ? 0 : _world.IsEdgy ? 4 : 1))
        {
            case 1: Structured(type); break;
            case 2: Select(type); break;
            case 3: ResultOfCall(type); break;
            case 4: Tee(type); break;
            case 5: BranchWithValue(type); break;
            case 6: NarrowValue(type); break;
            default:
                if (type.IsReference) Reference(type);
                else Number(type, loose);
                break;
        }
        _depth--;
    }

    /// <summary>A constant or variable.</summary>
    private void Leaf(ValType type)
    {
        if (_dice.Percent(60) && AnyLocal(local => (_areSet || local.IsDefaultable) && _types.Matches(local, type)) is { } local) Op(Opcode.LocalGet, local);
        else if (_dice.Percent(15) && AnyGlobal(global => _types.Matches(global.Value, type)) is { } global) Op(Opcode.GlobalGet, global);
        else if (type.IsReference) LeafReference(type);
        else Constant(type, Interesting.Bits(_dice, type), Interesting.Bits(_dice, type));
    }

    private void Tee(ValType type)
    {
        if (AnyLocal(local => local == type) is not { } local)
        {
            Leaf(type);
            return;
        }
        Expression(type);
        Op(Opcode.LocalTee, local);
    }

    private void Select(ValType type)
    {
        Expression(type);
        Expression(type);
        Expression(ValType.I32);
        if (type.IsReference || _dice.Once(3)) Writer.Write(Opcode.SelectT, new Immediates { Types = [type] });
        else Op(Opcode.Select);
    }

    private void Number(ValType type, Loose loose)
    {
        Category category = (Category)_dice.Weighted(_world.Weights);
        OperandType result = ResultOf(type);
        Opcode[] choices = Productions.Of(category, result);
        if (type == ValType.I32 && category == Category.Reference && _dice.Percent(60))
        {
            NumberOfReference();
            return;
        }
        if (type == ValType.I32 || type == ValType.I64)
        {
            Opcode[] sizes = Productions.Of(category, OperandType.Address);
            if (sizes.Length > 0 && _dice.Once(12)) choices = sizes;
        }
        if (type != ValType.I32 && category == Category.Reference && _dice.Percent(60) && FieldOf(type)) return;
        if (choices.Length == 0) choices = Productions.Of(Category.Numeric, result);
        if (choices.Length == 0) choices = Productions.Of(Category.Vector, result);
        Opcode opcode = _dice.OneOf(choices);
        if (OpcodeInfo.Traps(opcode).Length > 0 && OpcodeInfo.NaturalAlignment(opcode) == 0 && _dice.Percent(60)) opcode = _dice.OneOf(choices);
        if (!TryPlain(opcode, type, loose)) Leaf(type);
    }

    private static OperandType ResultOf(ValType type)
        => type == ValType.I32 ? OperandType.I32 : type == ValType.I64 ? OperandType.I64
        : type == ValType.F32 ? OperandType.F32 : type == ValType.F64 ? OperandType.F64 : OperandType.V128;

    /// <summary>An instruction with a fixed signature after its operands; false when the module has nothing for its immediates.</summary>
    private bool TryPlain(Opcode opcode, ValType? wanted = null, Loose loose = Loose.None)
    {
        if (!TryChooseImmediates(opcode, wanted, out Immediates immediates, out AddressType address)) return false;
        NanRule rule = NanRule.Of(opcode);
        bool mayStraddle = false;
        ReadOnlySpan<OperandType> operands = OpcodeInfo.Operands(opcode), results = OpcodeInfo.Results(opcode);
        for (int i = 0; i < operands.Length; i++)
        {
            if (i == 0 && operands[i] == OperandType.Address && IsAccess(opcode)) mayStraddle = Address(opcode, ref immediates);
            else if (operands[i] == OperandType.Address) SmallNumber(address == AddressType.I64 ? ValType.I64 : ValType.I32);
            else if (IsTrappingDivision(opcode) && i == 1 && _dice.Percent(70)) Divisor(operands[i].ToValType(address));
            else if (operands[i] is OperandType.I31ref or OperandType.Arrayref && _dice.Percent(85)) Expression(operands[i].ToValType(address).NonNullable);
            else if (IsWait(opcode) && i == operands.Length - 1) Constant(ValType.I64, _dice.OneOf(0ul, 1ul));
            else if (HasSegment(opcode)) SmallNumber(ValType.I32);
            else Expression(operands[i].ToValType(address), rule.Accepts);
        }
        _budget--;
        Writer.Write(opcode, immediates);
        for (int i = results.Length - 1; i >= 1; i--) Consume([results[i].ToValType(address)]);
        if (mayStraddle && results is [OperandType.I64 or OperandType.F64 or OperandType.V128] && OpcodeInfo.NaturalAlignment(opcode) > sizeof(int)) Observe(results[0].ToValType(address));
        if (wanted is { } type && (rule.Makes & ~loose) != 0) FixNan(type, rule.Makes);
        return true;
    }

    private static bool IsTrappingDivision(Opcode opcode)
    {
        ReadOnlySpan<TrapKind> traps = OpcodeInfo.Traps(opcode);
        return traps.Length > 0 && traps[0] == TrapKind.DivideByZero;
    }

    private static bool IsWait(Opcode opcode) => opcode is Opcode.MemoryAtomicWait32 or Opcode.MemoryAtomicWait64;

    private static bool HasSegment(Opcode opcode) => OpcodeInfo.Shape(opcode) == ImmediateShape.DataMemory;

    private void Divisor(ValType type)
    {
        ulong bits = Interesting.Bits(_dice, type);
        Constant(type, (type == ValType.I32 ? (uint)bits : bits) == 0 ? 3 : bits);
    }

    private void SmallNumber(ValType type)
    {
        if (_dice.Once(12)) Expression(type);
        else Constant(type, (ulong)_dice.Below(_dice.Once(2) ? 4 : 40));
    }

    // The bits of a NaN that the specification leaves open become one of two: quiet or signalling, of which the latter is an error.
    private void FixNan(ValType type, Loose width)
    {
        uint value = Scratch(type);
        Op(Opcode.LocalSet, value);
        if (type == ValType.F32)
        {
            Op(Opcode.LocalGet, value);
            Op(Opcode.I32ReinterpretF32);
            Constant(ValType.I32, 0x0040_0000);
            Op(Opcode.I32And);
            Constant(ValType.I32, 0x7F80_0001);
            Op(Opcode.I32Or);
            Op(Opcode.F32ReinterpretI32);
            Op(Opcode.LocalGet, value);
            Op(Opcode.LocalGet, value);
            Op(Opcode.LocalGet, value);
            Op(Opcode.F32Ne);
            Op(Opcode.Select);
        }
        else if (type == ValType.F64)
        {
            Op(Opcode.LocalGet, value);
            Op(Opcode.I64ReinterpretF64);
            Constant(ValType.I64, 0x0008_0000_0000_0000);
            Op(Opcode.I64And);
            Constant(ValType.I64, 0x7FF0_0000_0000_0001);
            Op(Opcode.I64Or);
            Op(Opcode.F64ReinterpretI64);
            Op(Opcode.LocalGet, value);
            Op(Opcode.LocalGet, value);
            Op(Opcode.LocalGet, value);
            Op(Opcode.F64Ne);
            Op(Opcode.Select);
            return;
        }
        else if (type == ValType.V128) FixLanes(value, width);
    }

    private void FixLanes(uint value, Loose width)
    {
        bool isShort = width == Loose.F32;
        ulong quiet = isShort ? 0x0040_0000_0040_0000ul : 0x0008_0000_0000_0000, signalling = isShort ? 0x7F80_0001_7F80_0001ul : 0x7FF0_0000_0000_0001;
        Op(Opcode.LocalGet, value);
        Constant(ValType.V128, quiet, quiet);
        Op(Opcode.V128And);
        Constant(ValType.V128, signalling, signalling);
        Op(Opcode.V128Or);
        Op(Opcode.LocalGet, value);
        Op(Opcode.LocalGet, value);
        Op(Opcode.LocalGet, value);
        Op(isShort ? Opcode.F32x4Ne : Opcode.F64x2Ne);
        Op(Opcode.V128Bitselect);
    }
}
