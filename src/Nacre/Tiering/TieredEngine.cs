using System.Diagnostics.CodeAnalysis;
using Nacre.Compiler;
using Nacre.Interpreter;
using Nacre.Runtime;
using Nacre.Syntax;
using Nacre.Validation;

namespace Nacre.Tiering;

/// <summary>The engine that begins in the interpreter and compiles, one by one, the functions that prove to be hot.</summary>
/// <remarks>A short run never gets to the compiler: nothing of it is loaded before the first function is hot.</remarks>
[RequiresDynamicCode("Compiles guest code at run time.")]
internal sealed class TieredEngine(
    TranslationOptions translation, CompilerOptions compilation, TieringOptions tiering, int stackByteCount) : ExecutionEngine(stackByteCount)
{
    private readonly TranslationOptions _translation = translation with { HotnessThreshold = tiering.HotnessThreshold };
    private readonly Lock _creating = new();
    private volatile CompilerEngine? _compiler;
    private volatile HotFunctions? _hotFunctions;

    /// <summary>When functions go over to compiled code.</summary>
    public TieringOptions Options { get; } = tiering;

    /// <summary>What compiles.</summary>
    public CompilerEngine Compiler
    {
        get
        {
            if (_compiler is { } compiler) return compiler;
            lock (_creating) return _compiler ??= new CompilerEngine(compilation with { InterpretsRefused = true }, StackByteCount);
        }
    }

    /// <summary>What waits to be compiled in the background.</summary>
    public HotFunctions HotFunctions
    {
        get
        {
            if (_hotFunctions is { } functions) return functions;
            lock (_creating) return _hotFunctions ??= new HotFunctions();
        }
    }

    /// <inheritdoc/>
    public override WasmFeatures Features => WasmFeatures.All;

    /// <inheritdoc/>
    public override bool GainsFromGuardPages => true;

    /// <inheritdoc/>
    public override ModuleCode Prepare(ValidatedModule module) => new TieredModule(this, module, _translation);

    /// <inheritdoc/>
    public override ExecutionThread CreateThread(StoreState store) => new TieredThread(this, store);
}
