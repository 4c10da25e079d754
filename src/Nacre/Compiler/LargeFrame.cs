using System.Diagnostics.CodeAnalysis;
using System.Reflection.Emit;
using Nacre.Syntax;

namespace Nacre.Compiler;

/// <summary>A function whose frame may be so large that making it could reach over what is reserved below the limit of the stack.</summary>
/// <remarks>
/// A function compares its depth with the limit when its frame is there already. For these a small method of its own, the gate, does so
/// before: with an estimate that counts each local as a vector, and what RyuJIT may add when it gives up optimising: then each call of two
/// bytes may leave its result in a place of its own, a vector at most. (Measured: 80,064 bytes for 5,000 calls, 8 bytes of code each.)
/// </remarks>
/// <param name="ByteCount">The estimate.</param>
[RequiresDynamicCode("Compiles guest code at run time.")]
internal sealed record LargeFrame(long ByteCount)
{
    // Of what is reserved below the limit, the runtime needs 45 KiB.
    private const int Threshold = 64 * 1024;
    private const int BytesPerLocal = 16, BytesPerCodeByte = 8;

    /// <summary>The estimate for a function; null when its frame is small.</summary>
    public static LargeFrame? Of(FuncDefinition function)
    {
        long localCount = 0;
        foreach (LocalRun run in function.Locals) localCount += run.Count;
        long byteCount = Estimate(localCount, function.Body.Bytes.Length);
        return byteCount > Threshold ? new LargeFrame(byteCount) : null;
    }

    /// <summary>What the frame of code with so many locals and bytes takes at most.</summary>
    public static long Estimate(long localCount, long codeByteCount) => (localCount * BytesPerLocal) + (codeByteCount * BytesPerCodeByte);

    /// <summary>Emits what stands before <paramref name="method"/>.</summary>
    public MethodBuilder DefineGate(TypeBuilder type, MethodBuilder method, ClrSignature signature)
    {
        MethodBuilder gate = DynamicCode.DefineMethod(type, method.Name, signature.ClrResult, signature.ClrParameters);
        ILGenerator il = gate.GetILGenerator();
        LocalBuilder here = il.DeclareLocal(typeof(long));
        Label fits = il.DefineLabel();
        il.Emit(OpCodes.Ldloca, here);
        il.Emit(OpCodes.Conv_U);
        il.Emit(OpCodes.Ldc_I8, ByteCount);
        il.Emit(OpCodes.Conv_U);
        il.Emit(OpCodes.Sub);
        il.Emit(OpCodes.Ldarg, (short)signature.ContextArgument);
        il.Emit(OpCodes.Ldfld, Members.Control);
        il.Emit(OpCodes.Ldfld, Members.StackLimit);
        il.Emit(OpCodes.Bge_Un, fits);
        il.Emit(OpCodes.Call, Members.Helper(nameof(Support.ThrowStackExhausted)));
        il.MarkLabel(fits);
        for (int i = 0; i < signature.ClrParameters.Length; i++) il.Emit(OpCodes.Ldarg, (short)i);
        il.Emit(OpCodes.Tailcall);
        il.Emit(OpCodes.Call, method);
        il.Emit(OpCodes.Ret);
        return gate;
    }
}
