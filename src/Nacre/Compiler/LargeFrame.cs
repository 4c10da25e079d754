using System.Diagnostics.CodeAnalysis;
using System.Reflection.Emit;
using Nacre.Binary;
using Nacre.Syntax;
using Nacre.Validation;

namespace Nacre.Compiler;

/// <summary>A function whose frame may be so large that making it could reach over what is reserved below the limit of the stack.</summary>
/// <remarks>
/// A function compares its depth with the limit when its frame is there already. For these a small method of its own, the gate, does so
/// before: with an estimate that counts each local as a vector, and what RyuJIT may add when it gives up optimising: then whatever is passed
/// to a call, comes from it, or is carried by a block may lie in a place of its own, a vector at most.
/// </remarks>
/// <param name="ByteCount">The estimate.</param>
[RequiresDynamicCode("Compiles guest code at run time.")]
internal sealed record LargeFrame(long ByteCount)
{
    // Less than what is reserved below the limit (HostStack) by what the runtime needs there to raise an exception.
    private const int Threshold = 64 * 1024;
    private const int BytesPerPlace = 16, BytesPerCodeByte = 8;

    /// <summary>The estimate for a function; null when its frame is small.</summary>
    public static LargeFrame? Of(FuncDefinition function, CodeTarget code)
    {
        long byteCount = Estimate(function.LocalCount, function.Body.Bytes.Span, code);
        if (byteCount > Threshold) byteCount = (function.LocalCount + CountPlaces(function.Body.Bytes.Span, code.Module)) * BytesPerPlace;
        return byteCount > Threshold ? new LargeFrame(byteCount) : null;
    }

    // What the largest frame of a leaf may take of what is reserved below the limit.
    private const int LeafThreshold = 4 * 1024;

    /// <summary>
    /// Whether a function calls no other, has nothing to do with exceptions, and has so small a frame that it need not compare its depth
    /// with the limit.
    /// </summary>
    /// <remarks>It is the last frame of a guest on the stack, and the one before it did compare, or the host, which enters no deeper.</remarks>
    public static bool IsSmallLeaf(FuncDefinition function, CodeTarget code)
    {
        if (Estimate(function.LocalCount, function.Body.Bytes.Span, code) > LeafThreshold) return false;
        var reader = new InstructionReader(function.Body.Bytes.Span, function.Body.ByteOffset, WasmFeatures.All);
        while (reader.Read())
        {
            if (IsCall(reader.Opcode) || IsOfExceptions(reader.Opcode)) return false;
        }
        return true;
    }

    /// <summary>Whether an instruction calls a function, and maybe never comes back.</summary>
    public static bool IsCall(Opcode opcode) => opcode is Opcode.Call or Opcode.CallIndirect or Opcode.CallRef
        or Opcode.ReturnCall or Opcode.ReturnCallIndirect or Opcode.ReturnCallRef;

    private static bool IsOfExceptions(Opcode opcode) => opcode is Opcode.Throw or Opcode.ThrowRef or Opcode.TryTable or Opcode.Try;

    // Places that values may take when the code is not optimised.
    private static long CountPlaces(ReadOnlySpan<byte> instructions, ValidatedModule module)
    {
        long count = 0;
        var reader = new InstructionReader(instructions, 0, WasmFeatures.All);
        while (reader.Read()) count += CountPlaces(ref reader, module);
        return count;
    }

    private static long CountPlaces(ref InstructionReader reader, ValidatedModule module) => reader.Opcode switch
    {
        Opcode.Call or Opcode.ReturnCall => OfCall(module.Functions[reader.Index].Func!),
        Opcode.CallIndirect or Opcode.ReturnCallIndirect or Opcode.CallRef or Opcode.ReturnCallRef => OfCall(module.Types[reader.Index].Func!),
        Opcode.Throw => OfCall(module.Tags[reader.Index].Func!),
        Opcode.Block or Opcode.Loop or Opcode.If or Opcode.Try or Opcode.TryTable => reader.Block switch
        {
            { IsEmpty: true } => 0,
            { IsValue: true } => 1,
            var block => OfBlock(module.Types[(int)block.Type.Value].Func!),
        },
        _ => IsWithoutCall(reader.Opcode) ? 0 : 1,
    };

    // Results come by way of memory, and then wait for their use.
    private static long OfCall(FuncType type) => 1 + type.Parameters.Length + (2L * type.Results.Length);

    // The parameters of a loop are carried there and back.
    private static long OfBlock(FuncType type) => (2L * type.Parameters.Length) + type.Results.Length;

    private static bool IsWithoutCall(Opcode opcode) => opcode is Opcode.LocalGet or Opcode.LocalSet or Opcode.LocalTee or Opcode.I32Const
        or Opcode.I64Const or Opcode.I32Add or Opcode.I32Sub or Opcode.I32Mul or Opcode.I32And or Opcode.I32Or or Opcode.I32Xor
        or Opcode.I64Add or Opcode.I64Sub or Opcode.I64Mul or Opcode.I64And or Opcode.I64Or or Opcode.I64Xor
        or Opcode.Else or Opcode.End or Opcode.Br or Opcode.BrIf or Opcode.Drop;

    /// <summary>What the frame of some instructions with so many locals takes at most.</summary>
    /// <remarks>Where nothing has more than one result, each value costs some code, and its length tells enough.</remarks>
    public static long Estimate(long localCount, ReadOnlySpan<byte> instructions, CodeTarget code)
    {
        long byteCount = instructions.Length * BytesPerCodeByte;
        if (code.HasMultipleResults) byteCount = Math.Max(byteCount, CountPlaces(instructions, code.Module) * BytesPerPlace);
        return (localCount * BytesPerPlace) + byteCount;
    }

    /// <summary>Emits what ends the guest unless so many bytes of stack are left.</summary>
    public static void EmitStackCheck(ILGenerator il, ClrSignature signature, long byteCount)
    {
        LocalBuilder here = il.DeclareLocal(typeof(long));
        Label fits = il.DefineLabel();
        il.Emit(OpCodes.Ldloca, here);
        il.Emit(OpCodes.Conv_U);
        il.Emit(OpCodes.Ldc_I8, byteCount);
        il.Emit(OpCodes.Conv_U);
        il.Emit(OpCodes.Sub);
        il.Emit(OpCodes.Ldarg, (short)signature.ContextArgument);
        il.Emit(OpCodes.Ldfld, Members.Control);
        il.Emit(OpCodes.Ldfld, Members.StackLimit);
        il.Emit(OpCodes.Bge_Un, fits);
        il.Emit(OpCodes.Call, Members.Helper(nameof(Support.ThrowStackExhausted)));
        il.MarkLabel(fits);
    }

    /// <summary>Defines what stands before a function, which has no code yet.</summary>
    public static MethodBuilder DefineGate(TypeBuilder type, string name, ClrSignature signature)
        => DynamicCode.DefineMethod(type, name, signature.ClrResult, signature.ClrParameters);

    /// <summary>Emits what stands before <paramref name="method"/>.</summary>
    public void EmitGate(ILGenerator il, MethodBuilder method, ClrSignature signature)
    {
        EmitStackCheck(il, signature, ByteCount);
        for (int i = 0; i < signature.ClrParameters.Length; i++) il.Emit(OpCodes.Ldarg, (short)i);
        il.Emit(OpCodes.Tailcall);
        il.Emit(OpCodes.Call, method);
        il.Emit(OpCodes.Ret);
    }

    /// <summary>Emits what stands before a function for whose frame there is never enough stack.</summary>
    public static void EmitClosedGate(ILGenerator il)
    {
        il.Emit(OpCodes.Call, Members.Helper(nameof(Support.ThrowStackExhausted)));
        il.Emit(OpCodes.Ldnull);
        il.Emit(OpCodes.Throw);
    }
}
