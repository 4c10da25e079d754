using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Reflection;
using System.Reflection.Emit;
using System.Runtime.CompilerServices;
using Nacre.Syntax;

namespace Nacre.Compiler;

/// <summary>Assemblies, classes and methods made at run time.</summary>
[RequiresDynamicCode("Compiles guest code at run time.")]
internal static class DynamicCode
{
    /// <summary>How names of assemblies with guest code begin.</summary>
    public const string GuestPrefix = "Nacre.Guest.";

    private static long s_assemblyCount;

    /// <summary>Defines an assembly that is unloaded when nothing of it is used any more, and may use the internals of this one.</summary>
    public static ModuleBuilder DefineModule(string prefix, out string assemblyName)
    {
        assemblyName = prefix + Interlocked.Increment(ref s_assemblyCount).ToString(CultureInfo.InvariantCulture);
        var assembly = AssemblyBuilder.DefineDynamicAssembly(new AssemblyName(assemblyName), AssemblyBuilderAccess.RunAndCollect);
        ConstructorInfo mayAccess = typeof(IgnoresAccessChecksToAttribute).GetConstructor([typeof(string)])!;
        assembly.SetCustomAttribute(new CustomAttributeBuilder(mayAccess, [typeof(DynamicCode).Assembly.GetName().Name]));
        return assembly.DefineDynamicModule(assemblyName);
    }

    /// <summary>Name of the class that holds a function.</summary>
    public static string ClassName(FuncIndex function) => "f" + function.Value.ToString(CultureInfo.InvariantCulture);

    /// <summary>Name of the class that holds what stands before a function with a large frame.</summary>
    public static string GateClassName(FuncIndex function) => "g" + function.Value.ToString(CultureInfo.InvariantCulture);

    /// <summary>The function that a class holds; null for a gate.</summary>
    public static FuncIndex? FunctionOf(string className)
        => className[0] == 'f' ? new FuncIndex(uint.Parse(className.AsSpan(1), CultureInfo.InvariantCulture)) : null;

    /// <summary>Defines a static class.</summary>
    public static TypeBuilder DefineClass(ModuleBuilder module, string name)
        => module.DefineType(name, TypeAttributes.Public | TypeAttributes.Abstract | TypeAttributes.Sealed);

    /// <summary>Defines a static method, which will be optimised at once and leaves its locals as they are.</summary>
    /// <remarks>It is not inlined, so that it can be seen in call stacks.</remarks>
    public static MethodBuilder DefineMethod(TypeBuilder type, string name, Type result, Type[] parameters)
    {
        MethodBuilder method = type.DefineMethod(name, MethodAttributes.Public | MethodAttributes.Static, result, parameters);
        method.SetImplementationFlags(MethodImplAttributes.AggressiveOptimization | MethodImplAttributes.NoInlining);
        method.InitLocals = false;
        return method;
    }

    /// <summary>Ends a class: nothing can be added to it any more.</summary>
    [UnconditionalSuppressMessage("Trimming", "IL2026", Justification = "The class was made here and is not subject to trimming.")]
    public static Type Create(TypeBuilder type) => type.CreateType();

    /// <summary>Compiles a method of a class that was created.</summary>
    /// <returns>The method's address, which stays valid while the assembly is loaded.</returns>
    [UnconditionalSuppressMessage("Trimming", "IL2070", Justification = "The class was made here and is not subject to trimming.")]
    public static nint AddressOf(Type type, MethodBuilder method)
    {
        RuntimeMethodHandle handle = type.GetMethod(method.Name)!.MethodHandle;
        RuntimeHelpers.PrepareMethod(handle);
        return handle.GetFunctionPointer();
    }
}
