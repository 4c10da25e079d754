using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Reflection.Emit;
using Nacre.Binary;
using Nacre.Syntax;
using Nacre.Validation;

namespace Nacre.Compiler;

/// <summary>Turns one validated function into CIL, in one pass.</summary>
/// <remarks>
/// Operands live on CIL's own stack, except that constants and locals are only loaded when something uses them. Where control flow
/// divides or meets, CIL's stack is empty and operands are in local variables; RyuJIT makes registers of both.
/// The code has been validated: what is read here is well-formed and well-typed, and unreachable code is passed over.
/// Safe because nothing is written by address but cells of constants, as many as were asked for; all else asks for types and sizes only.
/// </remarks>
[RequiresDynamicCode("Compiles guest code at run time.")]
internal sealed partial class FunctionLowering
{
    private readonly CodeTarget _code;
    private readonly ValidatedModule _module;
    private readonly CompilerOptions _options;
    private readonly FuncDefinition _function;
    private readonly ClrSignature _signature;
    private readonly ILGenerator _il;
    private readonly MethodBuilder _self;
    private readonly int _selfIndex;
    private readonly OffsetMap _offsets;

    // The instruction at hand.
    private Opcode _opcode;
    private int _byteOffset;

    /// <summary>Readies the lowering of function <paramref name="index"/> into the method <paramref name="self"/>.</summary>
    /// <param name="code">Where the code goes.</param>
    /// <param name="index">The function, which is not imported.</param>
    /// <param name="signature">Its signature.</param>
    /// <param name="self">The method, of which nothing but its properties is touched.</param>
    /// <param name="il">What takes the method's CIL.</param>
    public FunctionLowering(CodeTarget code, FuncIndex index, ClrSignature signature, MethodBuilder self, ILGenerator il)
    {
        _code = code;
        _module = code.Module;
        _options = code.Options;
        _signature = signature;
        _contextArgument = signature.ContextArgument;
        _self = self;
        _il = il;
        _selfIndex = _module.DefinedIndexOf(index);
        _function = _module.Definition.Functions[_selfIndex];
        _byteOffset = _function.Body.ByteOffset;
        _offsets = new OffsetMap(_byteOffset);
    }

    /// <summary>Emits the whole method.</summary>
    /// <returns>What leads from the CIL back to the instructions.</returns>
    public OffsetMap Lower()
    {
        EmitEntry();
        OpenLabel(Opcode.Block, [], _signature.Results);
        BeginCopies();
        BeginSurvey();
        LowerBody(_function.Body.Bytes.Span, _function.Body.ByteOffset);
        EmitLateBlocks();
        EndSurvey();
        return _offsets;
    }

    private void LowerBody(ReadOnlySpan<byte> instructions, int byteOffset)
    {
        var reader = new InstructionReader(instructions, byteOffset, WasmFeatures.All);
        while (reader.Read())
        {
            if (_labelCount == 0) throw new UnreachableException("instructions after the end of a validated function");
            _opcode = reader.Opcode;
            _byteOffset = reader.ByteOffset;
            BeforeInstruction(ref reader);
            if (_isUnreachable) PassOver(ref reader);
            else
            {
                _offsets.Add(_il.ILOffset, reader.ByteOffset);
                CountInstruction(ref reader);
                LowerInstruction(ref reader);
            }
            AfterInstruction();
        }
    }

    private void LowerInstruction(ref InstructionReader reader)
    {
        HideOrigins();
        if (TryLowerControl(ref reader)) return;
        if (TryLowerVariable(ref reader)) return;
        if (TryLowerTableOrMemory(ref reader)) return;
        if (TryLowerReference(ref reader)) return;
        if (OpcodeInfo.NaturalAlignment(_opcode) > 0) LowerMemoryAccess(ref reader);
        else LowerPlain(ref reader);
    }
}
