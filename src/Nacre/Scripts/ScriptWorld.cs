using Nacre.Text;

namespace Nacre.Scripts;

/// <summary>What the commands of one thread of a script work on: a store, modules and instances by name, and threads under way.</summary>
internal sealed class ScriptWorld : IDisposable
{
    private readonly Action<ScriptWorld, ScriptCommand[]> _run;
    private readonly Store _store;
    private readonly Linker _linker;
    private readonly Dictionary<string, Module> _modules = [];
    private readonly Dictionary<string, Instance> _instances = [];
    private readonly Dictionary<string, Thread> _threads = [];
    private Module? _lastModule;
    private Instance? _lastInstance;

    /// <summary>Creates a world where only <c>spectest</c> can be imported.</summary>
    /// <param name="engine">What runs the modules.</param>
    /// <param name="isMain">Whether it is that of the script itself, not of one of its threads.</param>
    /// <param name="run">Runs the commands of a thread in its own world.</param>
    public ScriptWorld(Engine engine, bool isMain, Action<ScriptWorld, ScriptCommand[]> run)
    {
        _run = run;
        IsMain = isMain;
        _store = new Store(engine);
        _linker = new Linker(engine);
        Spectest.Define(_linker, _store);
    }

    /// <summary>Whether this is the world of the script itself, not of one of its threads.</summary>
    public bool IsMain { get; }

    /// <summary>Defines a module, and unless it is only a definition instantiates it.</summary>
    public void Define(string? id, Module module, bool isDefinition)
    {
        _lastModule = module;
        if (id is not null) _modules[id] = module;
        if (!isDefinition) Keep(id, module);
    }

    /// <summary>Instantiates a module that was defined before.</summary>
    public void Instantiate(string? id, string? moduleId)
        => Keep(id, moduleId is null ? _lastModule ?? throw None("module", moduleId) : Find(_modules, "module", moduleId));

    /// <summary>Instantiates a module and forgets the instance.</summary>
    public void Try(Module module) => _linker.Instantiate(_store, module);

    /// <summary>Lets modules import the exports of an instance.</summary>
    public void Register(string name, string? id) => _linker.DefineInstance(name, InstanceOf(id));

    /// <summary>Calls a function or reads a global.</summary>
    public Value[] Do(ScriptAction action)
    {
        Instance instance = InstanceOf(action.Id);
        if (action.Arguments is null) return [instance.Global(action.Name).Value];
        return instance.Function(action.Name).Invoke([.. action.Arguments.Select(ResultMatching.ToValue)]);
    }

    /// <summary>Starts a thread of the operating system that runs commands in a world of its own.</summary>
    /// <remarks>The instances that it shares are known there; importing from them works for what can be shared: their memories.</remarks>
    public void Start(ThreadCommand command)
    {
        var world = new ScriptWorld(_store.Engine, isMain: false, _run);
        foreach (string id in command.SharedIds) world._instances[id] = InstanceOf(id);
        var thread = new Thread(() =>
        {
            using (world)
            {
                _run(world, command.Commands);
                world.WaitForAll();
            }
        });
        _threads[command.Id ?? ""] = thread;
        thread.Start();
    }

    /// <summary>Waits for the end of a thread.</summary>
    public void Wait(string? id)
    {
        Find(_threads, "thread", id ?? "").Join();
        _threads.Remove(id ?? "");
    }

    /// <summary>Waits for the end of the threads that nobody waited for.</summary>
    public void WaitForAll()
    {
        foreach (Thread thread in _threads.Values) thread.Join();
        _threads.Clear();
    }

    /// <inheritdoc/>
    public void Dispose() => _store.Dispose();

    private void Keep(string? id, Module module)
    {
        _lastInstance = null;
        _lastInstance = _linker.Instantiate(_store, module);
        if (id is not null) _instances[id] = _lastInstance;
    }

    private Instance InstanceOf(string? id) => id is null ? _lastInstance ?? throw None("instance", id) : Find(_instances, "instance", id);

    private static T Find<T>(Dictionary<string, T> items, string kind, string id)
        => items.TryGetValue(id, out T? found) ? found : throw None(kind, id);

    private static KeyNotFoundException None(string kind, string? id) => new($"there is no {kind} {(id is null ? "yet" : $"${id}")}");
}
