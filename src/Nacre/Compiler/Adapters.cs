using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Reflection.Emit;
using Nacre.Runtime;
using Nacre.Syntax;
using Nacre.Validation;

namespace Nacre.Compiler;

/// <summary>Code that carries arguments and results between slots, where the host has them, and the arguments and results of CIL.</summary>
/// <remarks>Made once for each shape of signature. Safe for any number of threads.</remarks>
[RequiresDynamicCode("Compiles guest code at run time.")]
internal sealed class Adapters
{
    private readonly ConcurrentDictionary<string, nint> _forHost = new();
    private readonly ConcurrentDictionary<string, nint> _forGuest = new();
    private readonly Lock _making = new();
    private int _count;
    private readonly ModuleBuilder _classes = DynamicCode.DefineModule("Nacre.Adapters.", out _);

    /// <summary>
    /// Calls a function from the host: <c>void (ref ulong slots, ref object references, object context, nint entry)</c>. Arguments are
    /// taken from where the results are put.
    /// </summary>
    public nint ForHost(DefinedType type) => Make(_forHost, new ClrSignature(type.Func!), MakeForHost);

    /// <summary>Calls a function of the host from a guest: a function of the signature, whose context is a <see cref="BoundHostFunction"/>.</summary>
    public nint ForGuest(DefinedType type) => Make(_forGuest, new ClrSignature(type.Func!), MakeForGuest);

    // Classes go by number: a name has no room for the thousand parameters that a function may have.
    private nint Make(ConcurrentDictionary<string, nint> made, ClrSignature signature, Func<string, ClrSignature, nint> make)
    {
        if (made.TryGetValue(signature.Key, out nint known)) return known;
        lock (_making)
        {
            if (!made.TryGetValue(signature.Key, out known)) made[signature.Key] = known = make("a" + _count++.ToString(CultureInfo.InvariantCulture), signature);
            return known;
        }
    }

    private nint MakeForHost(string name, ClrSignature signature)
    {
        const int Slots = 0, References = 1, Context = 2, Entry = 3;
        TypeBuilder type = DynamicCode.DefineClass(_classes, name);
        MethodBuilder method = DynamicCode.DefineMethod(
            type, "call", typeof(void), [typeof(ulong).MakeByRefType(), typeof(object).MakeByRefType(), typeof(object), typeof(nint)]);
        ILGenerator il = method.GetILGenerator();

        ValuePlace FirstPlace() => new(il, () => il.Emit(OpCodes.Ldarg, (short)Slots), () => il.Emit(OpCodes.Ldarg, (short)References));
        ValuePlace place = FirstPlace();
        foreach (ValueKind kind in signature.Parameters) place.Load(kind);
        il.Emit(OpCodes.Ldarg, (short)Context);
        il.Emit(OpCodes.Ldarg, (short)Entry);
        il.EmitCalli(OpCodes.Calli, System.Reflection.CallingConventions.Standard, signature.ClrResult, signature.ClrParameters, null);

        place = FirstPlace();
        ExtraResults extra = ExtraResultsOf(il, Context);
        for (int i = 0; i < signature.Results.Length; i++)
        {
            if (i > 0) extra.Load(signature.Results[i]);
            place.Store(signature.Results[i]);
        }
        il.Emit(OpCodes.Ret);
        return DynamicCode.AddressOf(DynamicCode.Create(type), method);
    }

    private nint MakeForGuest(string name, ClrSignature signature)
        => MakeByWayOfSlots(DynamicCode.DefineClass(_classes, name), signature, il => il.Emit(OpCodes.Call, Members.CallHost));

    /// <summary>Makes a function of a module's own classes that has the interpreter run what cannot be compiled.</summary>
    public static nint MakeDetour(ModuleBuilder classes, FuncIndex function, ValidatedModule module)
    {
        TypeBuilder type = DynamicCode.DefineClass(classes, DynamicCode.DetourClassName(function));
        return MakeByWayOfSlots(type, new ClrSignature(module.Functions[function.Value].Func!), il =>
        {
            il.Emit(OpCodes.Ldc_I4, (int)function.Value);
            il.Emit(OpCodes.Call, Members.Interpret);
        });
    }

    // What is called takes the context, the slots and how many there are, the references and how many there are.
    private static nint MakeByWayOfSlots(TypeBuilder type, ClrSignature signature, Action<ILGenerator> emitCall)
    {
        MethodBuilder method = DynamicCode.DefineMethod(type, "call", signature.ClrResult, signature.ClrParameters);
        ILGenerator il = method.GetILGenerator();
        int slotCount = Math.Max(signature.Parameters.SlotCount(), signature.Results.SlotCount());
        int referenceCount = Math.Max(signature.Parameters.ReferenceCount(), signature.Results.ReferenceCount());
        LocalBuilder slots = il.DeclareLocal(typeof(ulong*));
        Action loadReferences = RoomForReferences(il, referenceCount);
        ValuePlace FirstPlace() => new(il, () => il.Emit(OpCodes.Ldloc, slots), loadReferences);

        il.Emit(OpCodes.Ldc_I4, slotCount * sizeof(ulong));
        il.Emit(OpCodes.Conv_U);
        if (slotCount > 0) il.Emit(OpCodes.Localloc);
        il.Emit(OpCodes.Stloc, slots);
        ValuePlace place = FirstPlace();
        for (int i = 0; i < signature.Parameters.Length; i++)
        {
            il.Emit(OpCodes.Ldarg, (short)i);
            place.Store(signature.Parameters[i]);
        }

        il.Emit(OpCodes.Ldarg, (short)signature.ContextArgument);
        il.Emit(OpCodes.Ldloc, slots);
        il.Emit(OpCodes.Ldc_I4, slotCount);
        loadReferences();
        il.Emit(OpCodes.Ldc_I4, referenceCount);
        emitCall(il);

        place = FirstPlace();
        ExtraResults extra = ExtraResultsOf(il, signature.ContextArgument);
        for (int i = 0; i < signature.Results.Length; i++)
        {
            place.Load(signature.Results[i]);
            if (i > 0) extra.Store(signature.Results[i]);
        }
        il.Emit(OpCodes.Ret);
        return DynamicCode.AddressOf(DynamicCode.Create(type), method);
    }

    // On the stack, but for more than usual; nothing is read where there are none.
    private static Action RoomForReferences(ILGenerator il, int count)
    {
        if (count == 0)
        {
            return () =>
            {
                il.Emit(OpCodes.Ldc_I4_0);
                il.Emit(OpCodes.Conv_U);
            };
        }
        if (count <= ReferenceBuffer.Count)
        {
            LocalBuilder buffer = il.DeclareLocal(typeof(ReferenceBuffer));
            return () => il.Emit(OpCodes.Ldloca, buffer);
        }
        LocalBuilder first = il.DeclareLocal(typeof(object).MakeByRefType());
        il.Emit(OpCodes.Ldc_I4, count);
        il.Emit(OpCodes.Newarr, typeof(object));
        il.Emit(OpCodes.Ldc_I4_0);
        il.Emit(OpCodes.Ldelema, typeof(object));
        il.Emit(OpCodes.Stloc, first);
        return () => il.Emit(OpCodes.Ldloc, first);
    }

    private static ExtraResults ExtraResultsOf(ILGenerator il, int contextArgument) => new(il, () =>
    {
        il.Emit(OpCodes.Ldarg, (short)contextArgument);
        il.Emit(OpCodes.Call, Members.StoreOfContext);
    });
}
