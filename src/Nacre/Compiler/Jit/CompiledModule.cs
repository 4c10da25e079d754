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

    /// <summary>Makes a function's machine code now, for instances whose memory 0 is protected in this way.</summary>
    public void Compile(FuncIndex function, bool isGuarded)
        => Variant(isGuarded).CompileWhole(module.DefinedIndexOf(function));

    /// <summary>Writes the CIL that a function becomes.</summary>
    public void WriteCil(FuncIndex function, bool isGuarded, TextWriter output)
        => CilListing.Write(new CodeVariant(engine, module, isGuarded), function, output);

    /// <summary>The code that fits the memories of an instance.</summary>
    public CodeVariant VariantFor(ModuleInstance instance)
        => Variant(isGuarded: instance.Memories.Length > 0 && instance.Memories[0].IsGuarded);

    private CodeVariant Variant(bool isGuarded)
    {
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
        store.EnsureResultRoom(count);
    }
}
