using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Reflection.Emit;
using Nacre.Syntax;

namespace Nacre.Compiler;

/// <summary>A function in pieces, each of which is compiled when control first comes to it.</summary>
/// <remarks>
/// A <em>driver</em> with the function's signature makes the frame that the pieces share and calls the first. A piece goes on to the next
/// by a tail call through <see cref="Entries"/>, so they all look like one call. Safe because ways in are written when the code behind
/// them is complete; until then they lead to a method that compiles the piece and returns to the driver, which tries again.
/// </remarks>
[RequiresDynamicCode("Compiles guest code at run time.")]
internal sealed unsafe class SplitFunction(
    CodeVariant code, ModuleBuilder classes, FuncIndex index, string name, ClrSignature signature, SplitPlan plan)
{
    /// <summary>What a piece returns when the function has ended, rather than the number of a way in.</summary>
    public const int Returned = -1;

    /// <summary>What the frame that the pieces share and that of a piece take at most, in bytes.</summary>
    public long FrameByteCount { get; } = (plan.Frame.SlotCount * (long)sizeof(ulong))
        + plan.Pieces.Max(piece => FrameByteCountOf(piece, code, index))
        + plan.Pieces.Where(piece => piece.IsCopied).Sum(piece => FrameByteCountOf(piece, code, index));

    /// <summary>.NET types of a piece's parameters.</summary>
    public static readonly Type[] PieceParameters = [typeof(ulong*), typeof(object[]), typeof(int), typeof(object)];

    /// <summary>The pieces.</summary>
    public SplitPlan Plan { get; } = plan;

    /// <summary>Addresses of the pieces' code, one for each way in.</summary>
    public nint* Entries { get; } = (nint*)code.AllocateConstant(plan.EntryCount);

    /// <summary>What tables lead to, by where the instructions lie. Copies of a table share that.</summary>
    public Dictionary<int, nint> Tables { get; } = [];

    /// <summary>The classes made so far: that of the driver, and those of pieces.</summary>
    public List<Type> Classes { get; } = [];

    private static long FrameByteCountOf(Piece piece, CodeTarget code, FuncIndex index)
    {
        Expr body = code.Module.Definition.Functions[code.Module.DefinedIndexOf(index)].Body;
        ReadOnlySpan<byte> instructions = body.Bytes.Span[(piece.StartByteOffset - body.ByteOffset)..(piece.EndByteOffset - body.ByteOffset)];
        return LargeFrame.Estimate(piece.LocalCount, instructions, code);
    }

    /// <summary>The piece that a way in leads to.</summary>
    public Piece PieceOfEntry(int number)
        => Array.FindLast(Plan.Pieces, piece => piece.Entries[0].Number <= number)!;

    /// <summary>Makes the driver.</summary>
    /// <returns>Its address.</returns>
    public nint Create(out MethodInfo method)
    {
        TypeBuilder compilerType = DynamicCode.DefineClass(classes, DynamicCode.GateClassName(index) + "_compile");
        MethodBuilder compiler = DefineCompiler(compilerType);
        TypeBuilder type = DynamicCode.DefineClass(classes, DynamicCode.GateClassName(index) + "_split");
        MethodBuilder driver = DynamicCode.DefineMethod(type, name, signature.ClrResult, signature.ClrParameters);
        EmitDriver(driver);
        nint compile = DynamicCode.AddressOf(DynamicCode.Create(compilerType), compiler);
        for (int i = 0; i < Plan.EntryCount; i++) Entries[i] = compile;
        method = driver;
        Type made = DynamicCode.Create(type);
        Classes.Add(made);
        return DynamicCode.AddressOf(made, driver);
    }

    /// <summary>Defines the class and the method of a piece, which have no code yet.</summary>
    public MethodBuilder Define(Piece piece)
    {
        TypeBuilder type = DynamicCode.DefineClass(classes, DynamicCode.PieceClassName(index, piece.Index));
        return DynamicCode.DefineMethod(type, name, typeof(int), PieceParameters);
    }

    /// <summary>Compiles a piece.</summary>
    public OffsetMap Compile(Piece piece)
    {
        MethodBuilder method = Define(piece);
        OffsetMap offsets = new FunctionLowering(code, index, signature, method, method.GetILGenerator(), this, piece).LowerPiece();
        Type made = DynamicCode.Create((TypeBuilder)method.DeclaringType!);
        Classes.Add(made);
        nint address = DynamicCode.AddressOf(made, method);
        foreach (PieceEntry entry in piece.Entries) Volatile.Write(ref Entries[entry.Number], address);
        return offsets;
    }

    // int (slots, references, entry, context): compiles and has the driver call again.
    private MethodBuilder DefineCompiler(TypeBuilder type)
    {
        const short Entry = 2, Context = 3;
        MethodBuilder method = DynamicCode.DefineMethod(type, name, typeof(int), PieceParameters);
        ILGenerator il = method.GetILGenerator();
        il.Emit(OpCodes.Ldarg, Context);
        il.Emit(OpCodes.Ldc_I4, code.Module.DefinedIndexOf(index));
        il.Emit(OpCodes.Ldarg, Entry);
        il.Emit(OpCodes.Call, Members.Helper(nameof(Support.CompilePiece)));
        il.Emit(OpCodes.Ldarg, Entry);
        il.Emit(OpCodes.Ret);
        return method;
    }

    private void EmitDriver(MethodBuilder driver)
    {
        ILGenerator il = driver.GetILGenerator();
        PieceFrame frame = Plan.Frame;
        LocalBuilder slots = il.DeclareLocal(typeof(ulong*));
        LocalBuilder references = il.DeclareLocal(typeof(object[]));
        LocalBuilder entry = il.DeclareLocal(typeof(int));
        LargeFrame.EmitStackCheck(il, signature, FrameByteCount);

        il.Emit(OpCodes.Ldc_I4, Math.Max(frame.SlotCount, 1) * sizeof(ulong));
        il.Emit(OpCodes.Conv_U);
        il.Emit(OpCodes.Localloc);
        il.Emit(OpCodes.Stloc, slots);
        il.Emit(OpCodes.Ldloc, slots);
        il.Emit(OpCodes.Ldc_I4_0);
        il.Emit(OpCodes.Ldc_I4, frame.LocalSlotCount * sizeof(ulong));
        il.Emit(OpCodes.Initblk);
        if (frame.ReferenceCount > 0)
        {
            il.Emit(OpCodes.Ldc_I4, frame.ReferenceCount);
            il.Emit(OpCodes.Newarr, typeof(object));
            il.Emit(OpCodes.Stloc, references);
        }
        else
        {
            il.Emit(OpCodes.Ldnull);
            il.Emit(OpCodes.Stloc, references);
        }
        for (int i = 0; i < signature.Parameters.Length; i++)
        {
            if (frame.Has((uint)i)) EmitParameter(il, i, slots, references);
        }
        EmitCalls(il, slots, references, entry);
        EmitResult(il, slots, references);
    }

    private void EmitParameter(ILGenerator il, int parameter, LocalBuilder slots, LocalBuilder references)
    {
        ValueKind kind = signature.Parameters[parameter];
        EmitPlace(il, Plan.Frame.PlaceOf((uint)parameter), kind, slots, references);
        il.Emit(OpCodes.Ldarg, (short)parameter);
        if (kind == ValueKind.Reference) il.Emit(OpCodes.Stelem_Ref);
        else Bits.EmitStore(il, kind);
    }

    private static void EmitPlace(ILGenerator il, int place, ValueKind kind, LocalBuilder slots, LocalBuilder references)
    {
        if (kind == ValueKind.Reference)
        {
            il.Emit(OpCodes.Ldloc, references);
            il.Emit(OpCodes.Ldc_I4, place);
            return;
        }
        il.Emit(OpCodes.Ldloc, slots);
        il.Emit(OpCodes.Ldc_I4, place * sizeof(ulong));
        il.Emit(OpCodes.Conv_I);
        il.Emit(OpCodes.Add);
    }

    private void EmitCalls(ILGenerator il, LocalBuilder slots, LocalBuilder references, LocalBuilder entry)
    {
        Label again = il.DefineLabel();
        il.Emit(OpCodes.Ldc_I4_0);
        il.Emit(OpCodes.Stloc, entry);
        il.MarkLabel(again);
        il.Emit(OpCodes.Ldloc, slots);
        il.Emit(OpCodes.Ldloc, references);
        il.Emit(OpCodes.Ldloc, entry);
        il.Emit(OpCodes.Ldarg, (short)signature.ContextArgument);
        code.EmitWayIn(il, this, number: 0);
        il.Emit(OpCodes.Ldloc, entry);
        il.Emit(OpCodes.Conv_I);
        il.Emit(OpCodes.Ldc_I4, sizeof(nint));
        il.Emit(OpCodes.Conv_I);
        il.Emit(OpCodes.Mul);
        il.Emit(OpCodes.Add);
        il.Emit(OpCodes.Ldind_I);
        il.EmitCalli(OpCodes.Calli, CallingConventions.Standard, typeof(int), PieceParameters, null);
        il.Emit(OpCodes.Stloc, entry);
        il.Emit(OpCodes.Ldloc, entry);
        il.Emit(OpCodes.Ldc_I4, Returned);
        il.Emit(OpCodes.Bne_Un, again);
    }

    private void EmitResult(ILGenerator il, LocalBuilder slots, LocalBuilder references)
    {
        if (signature.Results.Length > 0)
        {
            ValueKind kind = signature.Results[0];
            EmitPlace(il, Plan.Frame.PlaceOfOperand(0, kind), kind, slots, references);
            if (kind == ValueKind.Reference) il.Emit(OpCodes.Ldelem_Ref);
            else Bits.EmitLoad(il, kind);
        }
        il.Emit(OpCodes.Ret);
    }
}
