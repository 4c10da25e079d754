using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Reflection.Emit;
using Nacre.Validation;

namespace Nacre.Compiler;

/// <summary>Where lowered code goes: how it reaches what is not CIL. Code that is run at once knows addresses; code in a file does not.</summary>
/// <remarks>
/// Everything else that lowered code refers to, it finds through its <see cref="InstanceContext"/>, by the module's own indices.
/// Safe because cells are written by the lowering alone, before the code runs, and not beyond the slots asked for.
/// </remarks>
[RequiresDynamicCode("Compiles guest code at run time.")]
internal abstract unsafe class CodeTarget(ValidatedModule module, CompilerOptions options, bool isGuarded)
{
    /// <summary>The module.</summary>
    public ValidatedModule Module { get; } = module;

    /// <summary>Whether a type of the module has more than one result, a function's or a block's.</summary>
    public bool HasMultipleResults { get; } = Array.Exists(module.Types, type => type.Func is { Results.Length: > 1 });

    /// <summary>What code does besides what the module says.</summary>
    public CompilerOptions Options { get; } = options;

    /// <summary>Whether accesses to memory 0 rely on guard pages.</summary>
    public bool IsGuarded { get; } = isGuarded;

    /// <summary>The method of a defined function that code can name; null when it has to go by the function's entry.</summary>
    public abstract MethodInfo? MethodOf(int definedIndex);

    /// <summary>Emits a load of a defined function's address, which is 0 while there is no code behind it.</summary>
    public abstract void EmitEntry(ILGenerator il, int definedIndex);

    /// <summary>Cells for a constant that code has to load. They are 0, live as long as the code, and may be written until it is complete.</summary>
    public abstract ulong* AllocateConstant(int slotCount);

    /// <summary>Emits the address of a constant's cells, a native integer.</summary>
    public abstract void EmitAddressOf(ILGenerator il, ulong* constant);

    /// <summary>Emits a type's <see cref="DefinedType.Id"/>.</summary>
    public abstract void EmitTypeId(ILGenerator il, int type);

    /// <summary>Emits the address of the cell that leads to a way into a cut function; those of its other ways in follow by number.</summary>
    public abstract void EmitWayIn(ILGenerator il, SplitFunction function, int number);

    /// <summary>Keeps the clauses of a <c>try</c> for code that asks the instance's code for them by number.</summary>
    public abstract int Add(CatchTable table);
}
