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

    /// <summary>Name of the class that holds the way to a function that is interpreted.</summary>
    public static string DetourClassName(FuncIndex function) => "i" + function.Value.ToString(CultureInfo.InvariantCulture);

    /// <summary>Name of the class that holds a piece of a function.</summary>
    public static string PieceClassName(FuncIndex function, int piece)
        => ClassName(function) + PieceMark + piece.ToString(CultureInfo.InvariantCulture);

    private const char PieceMark = '_';

    /// <summary>The function that a class holds, or a piece of, and the number of that, 0 for a whole function; null for a gate.</summary>
    public static (FuncIndex Function, int Piece)? FunctionOf(string className)
    {
        if (className[0] != 'f') return null;
        int mark = className.IndexOf(PieceMark, StringComparison.Ordinal);
        ReadOnlySpan<char> function = mark < 0 ? className.AsSpan(1) : className.AsSpan(1, mark - 1);
        int piece = mark < 0 ? 0 : int.Parse(className.AsSpan(mark + 1), CultureInfo.InvariantCulture);
        return (new FuncIndex(uint.Parse(function, CultureInfo.InvariantCulture)), piece);
    }

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

    /// <summary>Has a method compiled quickly rather than well.</summary>
    public static void DoNotOptimise(MethodBuilder method)
        => method.SetImplementationFlags(MethodImplAttributes.NoOptimization | MethodImplAttributes.NoInlining);

    /// <summary>Ends a class: nothing can be added to it any more.</summary>
    [UnconditionalSuppressMessage("Trimming", "IL2026", Justification = "The class was made here and is not subject to trimming.")]
    public static Type Create(TypeBuilder type) => type.CreateType();

    /// <summary>Compiles a method of a class that was created.</summary>
    /// <returns>The method's address, which stays valid while the assembly is loaded.</returns>
    [UnconditionalSuppressMessage("Trimming", "IL2070", Justification = "The class was made here and is not subject to trimming.")]
    public static nint AddressOf(Type type, MethodBuilder method)
    {
        // Guests name functions, and may do so like a method that every class has.
        const BindingFlags Own = BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly;
        RuntimeMethodHandle handle = type.GetMethod(method.Name, Own)!.MethodHandle;
        RuntimeHelpers.PrepareMethod(handle);
        return handle.GetFunctionPointer();
    }
}
