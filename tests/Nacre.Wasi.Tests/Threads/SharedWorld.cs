using Nacre.Syntax;
using Nacre.Tests.Support;

namespace Nacre.Wasi.Tests;

/// <summary>What one guest has of its host, and a shared memory, used by instances on several threads of the host.</summary>
internal sealed class SharedWorld : IDisposable
{
    private readonly Engine _engine;
    private readonly Store _store;
    private readonly Linker _linker;
    private readonly Module _module;
    private readonly WasiPreview1 _wasi;

    public SharedWorld(WasiOptions options)
    {
        _engine = new Engine(EngineKind.Interpreter.Options() with { Interruptible = true, Features = WasmFeatures.All });
        _store = new Store(_engine);
        _wasi = new WasiPreview1(options);
        _module = _engine.CompileText(Text());
        Memory = new Memory(_store, new MemoryType(new Limits(1, 1), IsShared: true));
        _linker = new Linker(_engine).Define(_wasi).Define("env", "memory", Memory);
    }

    public Memory Memory { get; }

    /// <summary>Does something on several threads at once, with an instance each.</summary>
    public void RunAtOnce(int threadCount, Action<Instance, int> body)
    {
        using var begin = new Barrier(threadCount);
        var failures = new Exception?[threadCount];
        Thread[] threads =
        [
            .. Enumerable.Range(0, threadCount).Select(number => new Thread(() => failures[number] = Record.Exception(() =>
            {
                using Store store = _store.CreateSibling();
                Instance guest = _linker.Instantiate(store, _module);
                begin.SignalAndWait();
                body(guest, number);
            }))),
        ];
        foreach (Thread thread in threads) thread.Start();
        foreach (Thread thread in threads) thread.Join();
        Assert.Equal(new Exception?[threadCount], failures);
    }

    /// <summary>Calls a function of WASI from a guest's code.</summary>
    public static Errno Call(Instance guest, string name, params long[] arguments)
    {
        Function function = guest.Function(name);
        Value[] values = [.. arguments.Select((argument, index)
            => function.Type.Parameters[index] == ValType.I32 ? Value.FromInt32((int)argument) : Value.FromInt64(argument))];
        return (Errno)Assert.Single(function.Invoke(values)).AsInt32();
    }

    public void Dispose()
    {
        _wasi.Dispose();
        _store.Dispose();
        _engine.Dispose();
    }

    // Imports every function and exports it again, called by code of its own.
    private static string Text()
    {
        (string Name, string Parameters, string Result)[] functions =
        [
            .. WasiGuest.Signatures.Select(function => (function.Name,
                string.Concat(function.Parameters.Select(letter => letter == 'I' ? " i64" : " i32")),
                function.Name == "proc_exit" ? "" : "(result i32)")),
        ];
        IEnumerable<string> imports = functions.Select(function
            => $"""(import "wasi_snapshot_preview1" "{function.Name}" (func ${function.Name} (param{function.Parameters}) {function.Result}))""");
        IEnumerable<string> exports = functions.Select(function =>
        {
            int count = function.Parameters.Length / " i32".Length;
            string operands = string.Concat(Enumerable.Range(0, count).Select(index => $"(local.get {index})"));
            return $"""(func (export "{function.Name}") (param{function.Parameters}) {function.Result} (call ${function.Name} {operands}))""";
        });
        return $"""(module (memory (export "memory") (import "env" "memory") 1 1 shared) {string.Join(' ', imports)} {string.Join(' ', exports)})""";
    }
}
