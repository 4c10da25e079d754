using System.Diagnostics.CodeAnalysis;
using Nacre.Runtime;
using Nacre.Syntax;
using Nacre.Validation;

namespace Nacre.Compiler;

/// <summary>Machine code of a module, made function by function. Shared by all instances and threads.</summary>
[RequiresDynamicCode("Compiles guest code at run time.")]
internal sealed class CompiledModule(CompilerEngine engine, ValidatedModule module) : ModuleCode
{
    private readonly Lock _creating = new();
    private CodeVariant? _checked;
    private CodeVariant? _guarded;

    /// <inheritdoc/>
    public override void Attach(ModuleInstance instance)
    {
        CodeVariant code = VariantFor(instance);
        EnsureResultRoom(instance.Store);
        instance.Context = new InstanceContext(instance, code);
    }

    private CodeVariant VariantFor(ModuleInstance instance)
    {
        bool isGuarded = instance.Memories.Length > 0 && instance.Memories[0].IsGuarded;
        lock (_creating)
        {
            return isGuarded
                ? _guarded ??= new CodeVariant(engine, module, isGuarded: true)
                : _checked ??= new CodeVariant(engine, module, isGuarded: false);
        }
    }

    private void EnsureResultRoom(StoreState store)
    {
        int count = 0;
        foreach (DefinedType type in module.Types)
        {
            if (type.Func is { } function) count = Math.Max(count, function.Results.Length);
        }
        ((CompiledThread)store.Thread).EnsureResultRoom(count);
    }
}
