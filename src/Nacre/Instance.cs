using System.Diagnostics.CodeAnalysis;
using Nacre.Runtime;
using Nacre.Syntax;

namespace Nacre;

/// <summary>An instance of a module: its exports.</summary>
/// <remarks>Lives as long as its store, and is used by one thread at a time. Spec: Execution, Runtime Structure, Module Instances.</remarks>
public sealed partial class Instance
{
    private const string MainMemoryName = "memory";

    private readonly ModuleInstance _instance;
    private readonly Extern?[] _seen;       // by the export's number; null until it is asked for
    private HashIndex _names;
    private Memory? _mainMemory;

    private Instance(ModuleInstance instance)
    {
        _instance = instance;
        _seen = new Extern?[Exports.Length];
    }

    /// <summary>The store the instance lives in.</summary>
    public Store Store => (Store)_instance.Store.HostView!;

    /// <summary>The names of all exports, in the module's order.</summary>
    public IEnumerable<string> ExportNames => Exports.Select(export => export.Name);

    /// <summary>The memory exported as <c>memory</c>, else the first; null when there is none.</summary>
    internal Memory? MainMemory => _mainMemory ??= FindMainMemory();

    /// <summary>The one view of an instance.</summary>
    internal static Instance Of(ModuleInstance instance) => (Instance)(instance.HostView ??= new Instance(instance));

    /// <summary>The export called <paramref name="name"/>; null when there is none.</summary>
    public Extern? Export(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (_names.Count == 0)
            foreach (Export export in Exports) _names.Add(Hash(export.Name));
        for (int index = _names.First(Hash(name)); index >= 0; index = _names.Next(index))
            if (Exports[index].Name == name) return _seen[index] ??= Extern.Of(_instance.Store, _instance.External(Exports[index]));
        return null;
    }

    /// <summary>The exported function called <paramref name="name"/>.</summary>
    /// <exception cref="KeyNotFoundException">The instance exports no function of this name.</exception>
    public Function Function(string name) => Required<Function>(name, "function");

    /// <summary>The exported memory called <paramref name="name"/>.</summary>
    /// <exception cref="KeyNotFoundException">The instance exports no memory of this name.</exception>
    public Memory Memory(string name = MainMemoryName) => Required<Memory>(name, "memory");

    /// <summary>The exported table called <paramref name="name"/>.</summary>
    /// <exception cref="KeyNotFoundException">The instance exports no table of this name.</exception>
    public Table Table(string name) => Required<Table>(name, "table");

    /// <summary>The exported global called <paramref name="name"/>.</summary>
    /// <exception cref="KeyNotFoundException">The instance exports no global of this name.</exception>
    public Global Global(string name) => Required<Global>(name, "global");

    /// <summary>The exported tag called <paramref name="name"/>.</summary>
    /// <exception cref="KeyNotFoundException">The instance exports no tag of this name.</exception>
    public Tag Tag(string name) => Required<Tag>(name, "tag");

    /// <summary>Finds the exported function called <paramref name="name"/>.</summary>
    public bool TryGetFunction(string name, [NotNullWhen(true)] out Function? function)
    {
        function = Export(name) as Function;
        return function is not null;
    }

    private Export[] Exports => _instance.Module.Definition.Exports;

    private static int Hash(string name) => name.GetHashCode();

    private T Required<T>(string name, string kind) where T : Extern
        => Export(name) switch
        {
            T found => found,
            null => throw new KeyNotFoundException($"the instance exports no {kind} \"{name}\"{Offer(ExportNames)}"),
            { } other => throw new KeyNotFoundException($"the export \"{name}\" is no {kind}: {other}"),
        };

    private static string Offer(IEnumerable<string> names)
        => names.Any() ? $"; it exports {string.Join(", ", names.Take(10).Select(name => $"\"{name}\""))}{(names.Skip(10).Any() ? "…" : "")}" : "";

    private Memory? FindMainMemory()
        => Export(MainMemoryName) as Memory
        ?? (_instance.Memories.Length > 0 ? new Memory(_instance.Store, _instance.Memories[0]) : null);
}
