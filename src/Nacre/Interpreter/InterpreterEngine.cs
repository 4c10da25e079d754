using Nacre.Runtime;
using Nacre.Syntax;
using Nacre.Validation;

namespace Nacre.Interpreter;

/// <summary>The engine that runs on internal code.</summary>
internal sealed class InterpreterEngine(TranslationOptions options, int stackByteCount) : ExecutionEngine(stackByteCount)
{
    /// <inheritdoc/>
    public override WasmFeatures Features => WasmFeatures.All;

    /// <inheritdoc/>
    public override ModuleCode Prepare(ValidatedModule module) => new InterpretedModule(module, options);

    /// <inheritdoc/>
    public override ExecutionThread CreateThread(StoreState store) => new InterpreterThread(store);
}
