using Nacre.Runtime;
using Nacre.Syntax;

namespace Nacre;

/// <summary>Names for what modules import, and the way to instantiate them.</summary>
/// <remarks>
/// Host functions defined here belong to no store, so one linker serves any number of stores of its engine. A later definition
/// replaces an earlier one of the same names; each returns the linker itself. Definitions are made by one thread; afterwards any number of
/// threads may instantiate at once, each in a store of its own. Spec: Appendix, Embedding, <c>module_instantiate</c>.
/// </remarks>
public sealed partial class Linker
{
    private HashIndex _names;
    private GrowingArray<Definition> _definitions;

    /// <summary>Creates a linker without definitions.</summary>
    public Linker(Engine engine)
    {
        ArgumentNullException.ThrowIfNull(engine);
        Engine = engine;
    }

    /// <summary>The engine whose modules can be instantiated.</summary>
    public Engine Engine { get; }

    /// <summary>
    /// What becomes of the body of every host function that is defined from now on: for what wants to see or change all calls. Bodies stay
    /// what they are when it is null.
    /// </summary>
    public HostFunctionWrapper? HostFunctionWrapper { get; set; }

    /// <summary>Defines something that lives in a store; only modules of that store can import it, unless it is a shared memory.</summary>
    public Linker Define(string module, string name, Extern item)
    {
        ArgumentNullException.ThrowIfNull(item);
        return Add(module, name, item);
    }

    /// <summary>Defines a host function that reads its arguments from, and writes its results to, the frame it is given.</summary>
    /// <param name="module">The first name.</param>
    /// <param name="name">The second name.</param>
    /// <param name="type">Parameters and results.</param>
    /// <param name="body">What is called.</param>
    public Linker Define(string module, string name, FuncType type, HostFunctionBody body)
        => Add(module, name, new HostCallback(type, HostFunctionWrapper?.Invoke(module, name, type, body) ?? body, $"{module}.{name}"));

    /// <summary>Defines the functions of a class marked with <see cref="HostModuleAttribute"/>.</summary>
    public Linker Define(IHostModule hostModule)
    {
        ArgumentNullException.ThrowIfNull(hostModule);
        hostModule.DefineIn(this);
        return this;
    }

    /// <summary>Defines every export of <paramref name="instance"/>, under the first name <paramref name="module"/>.</summary>
    public Linker DefineInstance(string module, Instance instance)
    {
        ArgumentNullException.ThrowIfNull(instance);
        foreach (string name in instance.ExportNames) Define(module, name, instance.Export(name)!);
        return this;
    }

    /// <summary>Gives everything that is defined under the first name <paramref name="module"/> another first name, too.</summary>
    /// <param name="alias">The other name. What is defined under it is replaced where second names agree.</param>
    /// <param name="module">The name that things have.</param>
    public Linker DefineAlias(string alias, string module)
    {
        ArgumentNullException.ThrowIfNull(module);
        int count = _definitions.Count;
        for (int index = 0; index < count; index++)
        {
            Definition definition = _definitions.Items[index];
            if (definition.Module == module) Add(alias, definition.Name, definition.Item);
        }
        return this;
    }

    /// <summary>Whether something is defined under these names.</summary>
    public bool IsDefined(string module, string name) => Find(module, name) is not null;

    /// <summary>Instantiates a module: links its imports, initialises memories, tables and globals, and runs its start function.</summary>
    /// <param name="store">Where the instance will live.</param>
    /// <param name="module">The module.</param>
    /// <exception cref="LinkException">An import is not defined ("unknown import") or is of another type ("incompatible import type").</exception>
    /// <exception cref="TrapException">A segment does not fit, or the start function trapped. What was done before stays done.</exception>
    /// <exception cref="ExhaustionException">The module wants more than the store's limits allow, or its start function used up stack or fuel.</exception>
    /// <exception cref="GuestException">The start function threw and did not catch.</exception>
    /// <exception cref="ArgumentException">
    /// Store, module or an imported item belong to another engine or store, or the type of a host function mentions types of a module.
    /// </exception>
    /// <exception cref="InvalidOperationException">Another thread uses the store.</exception>
    /// <exception cref="ObjectDisposedException">The store was disposed.</exception>
    /// <remarks>Spec: Execution, Modules, Instantiation.</remarks>
    public Instance Instantiate(Store store, Module module)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(module);
        if (store.Engine != Engine) throw new ArgumentException("The store belongs to another engine.", nameof(store));
        if (module.Engine != Engine) throw new ArgumentException("The module was compiled by another engine.", nameof(module));

        Import[] imports = module.Definition.Imports;
        var values = new ExternValue[imports.Length];
        for (int i = 0; i < imports.Length; i++)
        {
            object definition = Find(imports[i].Module, imports[i].Name) ?? throw Unknown(module);
            values[i] = Resolve(definition, store.State, imports[i]);
        }
        return Instance.Of(Instantiation.Instantiate(store.State, module.Validated, module.Code, values));
    }

    private static ExternValue Resolve(object definition, StoreState store, Import import)
    {
        if (definition is HostCallback callback) return new ExternValue(callback.CreateIn(store));
        var item = (Extern)definition;
        bool isReachable = item.State == store || (item is Memory { Type.IsShared: true } && item.State.Types == store.Types);
        return isReachable
            ? item.External
            : throw new ArgumentException($"What \"{import.Module}\" \"{import.Name}\" stands for belongs to another store.");
    }

    private LinkException Unknown(Module module)
    {
        ImportDescription[] missing = [.. module.Imports.Where(import => !IsDefined(import.Module, import.Name))];
        ImportDescription first = Array.Find(missing, import => import.Type is FuncExternType) ?? missing[0];     // whose name tells most
        string others = missing.Length == 1 ? "" : $", and {missing.Length - 1} more";
        return new LinkException($"unknown import: \"{first.Module}\" \"{first.Name}\" {Describe(first)} is not defined{others}", first.Module, first.Name);
    }

    private string Describe(ImportDescription import) => ImportMatching.Describe(Engine.Types, import.Type);

    private Linker Add(string module, string name, object definition)
    {
        ArgumentNullException.ThrowIfNull(module);
        ArgumentNullException.ThrowIfNull(name);
        int hash = Hash(module, name);
        for (int entry = _names.First(hash); entry >= 0; entry = _names.Next(entry))
        {
            Definition known = _definitions.Items[entry];
            if (!known.IsNamed(module, name)) continue;
            known.Item = definition;
            return this;
        }
        _names.Add(hash);
        _definitions.Add(new Definition(module, name, definition));
        return this;
    }

    private object? Find(string module, string name)
    {
        ArgumentNullException.ThrowIfNull(module);
        ArgumentNullException.ThrowIfNull(name);
        int hash = Hash(module, name);
        for (int entry = _names.First(hash); entry >= 0; entry = _names.Next(entry))
            if (_definitions.Items[entry].IsNamed(module, name)) return _definitions.Items[entry].Item;
        return null;
    }

    private static int Hash(string module, string name) => (31 * module.GetHashCode()) + name.GetHashCode();

    /// <summary>What two names stand for.</summary>
    private sealed class Definition(string module, string name, object item)
    {
        public string Module => module;

        public string Name => name;

        /// <summary>An <see cref="Extern"/> or a <see cref="HostCallback"/>.</summary>
        public object Item { get; set; } = item;

        public bool IsNamed(string otherModule, string otherName) => module == otherModule && name == otherName;
    }
}

/// <summary>Makes a host function's body of another, which it may call or not.</summary>
/// <param name="module">The function's first name.</param>
/// <param name="name">Its second name.</param>
/// <param name="type">Its parameters and results.</param>
/// <param name="body">What it does so far.</param>
public delegate HostFunctionBody HostFunctionWrapper(string module, string name, FuncType type, HostFunctionBody body);
