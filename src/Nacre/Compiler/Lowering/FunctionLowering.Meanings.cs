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
        SplitLimits limits = _options.SplitLimits;
        bool isInlined = _function.Body.Bytes.Length <= limits.InliningByteCount && ++_meaningCount <= limits.InlinedCallCount;
        if (!isInlined && Members.StraightMeaningOf(_opcode) is { } code) EmitCopy(code, reader);
        else
        {
            EmitFurtherArgument(reader);
            _il.Emit(OpCodes.Call, Members.MeaningOf(_opcode));
        }
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

    private void EmitCopy(StraightCode code, in InstructionReader reader)
    {
        int operandCount = OpcodeInfo.Operands(_opcode).Length;
        for (int i = operandCount - 1; i >= 0; i--) _il.Emit(OpCodes.Stloc, CopiedLocal(code.Parameters[i], i));
        foreach (StraightCode.Step step in code.Steps)
        {
            if (step.Code == OpCodes.Ldarg && (int)step.Operand! >= operandCount) EmitFurtherArgument(reader);
            else if (step.Code == OpCodes.Ldarg) _il.Emit(OpCodes.Ldloc, CopiedLocal(code.Parameters[(int)step.Operand!], (int)step.Operand!));
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
