using System.Reflection.Emit;
using Nacre.Binary;
using Nacre.Syntax;

namespace Nacre.Compiler;

/// <content>
/// Meanings of instructions. In short functions they are called, and RyuJIT inlines the calls. It stops when a method has some hundreds of
/// locals, those among them that it needs itself and that inlining adds, so the code of a long function has the meanings copied.
/// </content>
internal sealed partial class FunctionLowering
{
    private readonly Dictionary<(Type Type, int Number), LocalBuilder> _copiedLocals = [];
    private int _meaningCount;
    private LocalBuilder? _second;

    /// <summary>Does what an instruction means with what is on CIL's stack: its operands, the machine's address first if it is an access.</summary>
    private void EmitMeaning(ref InstructionReader reader)
    {
        if (CodeToCopy() is { } code) EmitCopy(code, reader, ReadOnlySpan<Operand>.Empty);
        else EmitCall(reader);
    }

    private void EmitCall(in InstructionReader reader)
    {
        EmitFurtherArgument(reader);
        _il.Emit(OpCodes.Call, Members.MeaningOf(_opcode));
    }

    // What the instruction at hand means, if it is to be copied.
    private StraightCode? CodeToCopy()
    {
        SplitLimits limits = _options.SplitLimits;
        bool isInlined = _function.Body.Bytes.Length <= limits.InliningByteCount && ++_meaningCount <= limits.InlinedCallCount;
        return isInlined ? null : Members.StraightMeaningOf(_opcode);
    }

    private const byte VectorPrefix = 0xFD;

    /// <summary>Does what a vector instruction means with the topmost operands. Copied code loads those that are not on CIL's stack where it uses them.</summary>
    /// <remarks>RyuJIT counts the uses of locals, and beyond some thousand does not optimise.</remarks>
    private void LowerVector(ref InstructionReader reader, int count)
    {
        if (CodeToCopy() is not { } code)
        {
            Take(count);
            EmitCall(reader);
            return;
        }
        Reach(count);
        for (int i = _base0 + _onStack; i < _count - count; i++) LoadAt(i);
        int first = Math.Max(_base0 + _onStack, _count - count);
        EmitCopy(code, reader, _operands.AsSpan(first, _count - first));
        for (int i = first; i < _count; i++) Forget(ref _operands[i]);
        _count -= count;
        _onStack = _count - _base0;
    }

    // Behind the operands there may be one more: an immediate, or where the second result goes.
    private void EmitFurtherArgument(in InstructionReader reader)
    {
        if (OpcodeInfo.Results(_opcode).Length > 1) _il.Emit(OpCodes.Ldloca, _second ??= _il.DeclareLocal(typeof(long)));
        if (OpcodeInfo.LaneCount(_opcode) > 0) _il.Emit(OpCodes.Ldc_I4, (int)reader.Lane);
        if (OpcodeInfo.Shape(_opcode) != ImmediateShape.Lanes) return;
        EmitInt64((long)reader.Bits);
        EmitInt64((long)reader.BitsHigh);
        _il.Emit(OpCodes.Call, Members.VectorOf);
        _il.Emit(OpCodes.Call, Members.AsBytes);
    }

    // The last operands are where they are, and all others on CIL's stack. The first may stay there, if the code begins with it.
    private void EmitCopy(StraightCode code, in InstructionReader reader, ReadOnlySpan<Operand> last)
    {
        int operandCount = OpcodeInfo.Operands(_opcode).Length, onStack = operandCount - last.Length;
        bool isFirstOnStack = onStack > 0 && code.BeginsWithFirst;
        for (int i = onStack - 1; i >= (isFirstOnStack ? 1 : 0); i--) _il.Emit(OpCodes.Stloc, CopiedLocal(code.Parameters[i], i));
        foreach (StraightCode.Step step in isFirstOnStack ? code.Steps.Skip(1) : code.Steps)
        {
            int argument = step.Code == OpCodes.Ldarg ? (int)step.Operand! : -1;
            if (argument >= operandCount) EmitFurtherArgument(reader);
            else if (argument >= onStack) EmitLoad(in last[argument - onStack]);
            else if (argument >= 0) _il.Emit(OpCodes.Ldloc, CopiedLocal(code.Parameters[argument], argument));
            else if (step.Code == OpCodes.Ldloc || step.Code == OpCodes.Stloc)
                _il.Emit(step.Code, CopiedLocal(code.Locals[(int)step.Operand!], operandCount + (int)step.Operand!));
            else step.Emit(_il);
        }
    }

    private LocalBuilder CopiedLocal(Type type, int number)
    {
        if (_copiedLocals.TryGetValue((type, number), out LocalBuilder? local)) return local;
        return _copiedLocals[(type, number)] = _il.DeclareLocal(type);
    }
}
