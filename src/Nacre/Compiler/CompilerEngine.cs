using System.Diagnostics.CodeAnalysis;
using Nacre.Runtime;
using Nacre.Syntax;
using Nacre.Validation;

namespace Nacre.Compiler;

/// <summary>The engine that compiles each function to machine code, by way of CIL, when it is first called.</summary>
[RequiresDynamicCode("Compiles guest code at run time.")]
internal sealed class CompilerEngine(CompilerOptions options, int stackByteCount) : ExecutionEngine(stackByteCount)
{
    /// <summary>Whether this platform tells where a thread's stack ends, without which compiled code cannot be kept inside it.</summary>
    public static bool IsSupported => HostStack.IsSupported;

    /// <summary>Calls between host and guests, one for each shape of signature.</summary>
    public Adapters Adapters { get; } = new();

    /// <summary>All code made so far, by which frames of guests are recognised.</summary>
    public GuestCode GuestCode { get; } = new();

    /// <summary>What code is made with.</summary>
    public CompilerOptions Options { get; } = options;

    /// <inheritdoc/>
    public override WasmFeatures Features => WasmFeatures.All;

    /// <inheritdoc/>
    public override bool GainsFromGuardPages => true;

    /// <inheritdoc/>
    public override ModuleCode Prepare(ValidatedModule module) => new CompiledModule(this, module);

    /// <inheritdoc/>
    public override ExecutionThread CreateThread(StoreState store) => new CompiledThread(this);
}
