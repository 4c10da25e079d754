using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using Nacre.Binary;
using Nacre.Syntax;

namespace Nacre.Validation;

// The operand stack. In code that cannot be reached, it holds any number of values of any type below what is known of it.
internal sealed partial class BodyValidator
{
    // Below the stack lie two entries that mean nothing, so that the two top ones can be looked at before they are counted.
    private const int OperandBase = 2;

    private ValType[] _operands = new ValType[256];
    private int _height;
    private int _floor;
    private bool _isUnreachable;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Push(ValType type)
    {
        if (_height == _operands.Length) Grow(1);
        _operands[_height++] = type;
    }

    private void Push(ReadOnlySpan<ValType> types)
    {
        if (types.Length > _operands.Length - _height) Grow(types.Length);
        foreach (ValType type in types) _operands[_height++] = type;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Pop(ValType expected)
    {
        int top = _height - 1;
        if (top >= _floor && _operands[top] == expected) _height = top;
        else PopMatching(expected);
    }

    private void PopMatching(ValType expected) => Pop(new ReadOnlySpan<ValType>(in expected));

    private void Pop(ReadOnlySpan<ValType> expected)
    {
        Require(expected);
        _height -= Math.Min(expected.Length, _height - _floor);
    }

    /// <summary>Pops <paramref name="count"/> operands of the same type.</summary>
    private void Pop(ValType expected, uint count)
    {
        while (count > 0 && (_height > _floor || !_isUnreachable))
        {
            Pop(expected);
            count--;
        }
    }

    /// <summary>Pops an operand of any type.</summary>
    private ValType Pop()
    {
        if (_height > _floor) return _operands[--_height];
        if (!_isUnreachable) Fail($"type mismatch: instruction requires a value but stack has []{InOpcode}");
        return ValType.Bottom;
    }

    /// <summary>Pops a reference; when its type is unknown, the answer is a reference to <see cref="HeapType.Bottom"/>.</summary>
    private ValType PopReference()
    {
        ValType type = Pop();
        if (type == ValType.Bottom) return ValType.Ref(HeapType.Bottom);
        if (!type.IsReference) Fail($"type mismatch: instruction requires reference type but stack has {Name(type)}{InOpcode}");
        return type;
    }

    /// <summary>Checks that the top operands match <paramref name="expected"/>, and leaves them.</summary>
    private void Require(ReadOnlySpan<ValType> expected)
    {
        int available = Math.Min(expected.Length, _height - _floor);
        if (available < expected.Length && !_isUnreachable) Mismatch(expected);
        ReadOnlySpan<ValType> actual = _operands.AsSpan(_height - available, available);
        expected = expected[^available..];
        for (int i = 0; i < actual.Length; i++)
            if (actual[i] != expected[i] && !_matching.Matches(actual[i], expected[i])) Mismatch(expected);
    }

    private void Unreachable()
    {
        _height = _floor;
        _isUnreachable = true;
    }

    private void Grow(int count)
    {
        long needed = (long)_height + count;
        if (needed > ImplementationLimits.Operands)
            Fail($"too many operands: the limit is {ImplementationLimits.Operands}");
        Array.Resize(ref _operands, (int)Math.Max(needed, _operands.Length * 2L));
    }

    private string InOpcode => $", in {OpcodeInfo.Mnemonic(_opcode)}";

    [DoesNotReturn]
    private void Mismatch(ReadOnlySpan<ValType> expected)
    {
        int count = Math.Min(expected.Length, _height - _floor);
        Fail($"type mismatch: instruction requires {Names(expected)} but stack has "
            + $"{Names(_operands.AsSpan(_height - count, count))}{InOpcode}");
    }
}
