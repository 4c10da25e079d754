using System.Diagnostics.CodeAnalysis;
using Nacre.Compiler;
using Nacre.Interpreter;
using Nacre.Runtime;
using Nacre.Syntax;
using Nacre.Validation;

namespace Nacre.Tiering;

/// <summary>A module's internal code, and the compiled code of its hot functions. Shared by all instances and threads.</summary>
[RequiresDynamicCode("Compiles guest code at run time.")]
internal sealed class TieredModule(TieredEngine engine, ValidatedModule module, TranslationOptions options) : InterpretedModule(module, options)
{
    private readonly Lock _creating = new();
    private readonly Lock _replacing = new();
    private volatile CompiledModule? _compiled;
    private bool[] _isHot = Empty<bool>.Array;

    private CompiledModule Compiled
    {
        get
        {
            if (_compiled is { } compiled) return compiled;
            lock (_creating) return _compiled ??= new CompiledModule(engine.Compiler, Module);
        }
    }

    /// <inheritdoc/>
    public override void EnsureContext(ModuleInstance instance) => Compiled.Attach(instance);

    /// <inheritdoc/>
    public override void BecomeHot(int definedIndex, ModuleInstance instance)
    {
        lock (_replacing)
        {
            if (_isHot.Length == 0) _isHot = new bool[Module.Definition.Functions.Length];
            if (_isHot[definedIndex]) return;
            _isHot[definedIndex] = true;
        }
        if (engine.Options.CompilesInBackground) engine.HotFunctions.Add(new HotFunction(this, definedIndex, instance));
        else Compile(definedIndex, instance);
    }

    /// <summary>Compiles a function as <paramref name="instance"/> needs it, and lets calls go there, unless it cannot be compiled.</summary>
    public void Compile(int definedIndex, ModuleInstance instance)
    {
        CodeVariant code = Compiled.VariantFor(instance);
        code.Compile(definedIndex);
        if (code.IsRefused(definedIndex)) return;
        DefinedType type = Module.Functions[Module.IndexOf(definedIndex).Value];
        ReplaceByCompiled(definedIndex, engine.Compiler.Adapters.ForHost(type));
    }
}
