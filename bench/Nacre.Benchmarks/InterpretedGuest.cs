using System.Diagnostics;
using System.Globalization;
using System.Text;
using Nacre.Runtime;
using Nacre.Syntax;

namespace Nacre.Benchmarks;

/// <summary>An interpreter that is a WebAssembly module, as npm packages have them, and that has a large function for its loop.</summary>
/// <remarks><c>bench/v8/interpreters.js</c> does the same on V8.</remarks>
internal sealed class InterpretedGuest : IDisposable
{
    private readonly Store _store;
    private readonly Instance _instance;
    private readonly Memory _memory;
    private readonly Func<string, long> _run;

    /// <summary>Starts an interpreter.</summary>
    /// <param name="engine">What runs it.</param>
    /// <param name="kind"><c>quickjs</c>, <c>sqlite</c>, or <c>loop</c>, whose program is a number of steps.</param>
    /// <param name="path">The module.</param>
    public InterpretedGuest(Engine engine, string kind, string path)
    {
        _store = new Store(engine);
        Module module = engine.Compile(File.ReadAllBytes(path));
        var linker = new Linker(engine);
        _memory = new Memory(_store, new MemoryType(new Limits(256, 32_768)));
        // Imported functions do nothing and return 0: what is interpreted needs none of them.
        foreach (ImportDescription import in module.Imports)
        {
            if (import.Signature is { } signature) linker.Define(import.Module, import.Name, signature, (ref HostFrame frame) => ReturnZero(ref frame, signature));
            else linker.Define(import.Module, import.Name, _memory);
        }
        _instance = linker.Instantiate(_store, module);
        _run = kind switch
        {
            "quickjs" => StartQuickJs(),
            "sqlite" => StartSqlite(),
            _ => program => Call("run", int.Parse(program, CultureInfo.InvariantCulture)),
        };
    }

    /// <summary>Has a program interpreted.</summary>
    /// <returns>Its result, and what it took.</returns>
    public (long Result, RunTime Time) Run(string program)
    {
        long start = Stopwatch.GetTimestamp();
        TimeSpan before = Environment.CpuUsage.TotalTime;
        long result = _run(program);
        return (result, new RunTime((long)(Environment.CpuUsage.TotalTime - before).TotalNanoseconds, (long)Stopwatch.GetElapsedTime(start).TotalNanoseconds));
    }

    /// <inheritdoc/>
    public void Dispose() => _store.Dispose();

    private static void ReturnZero(ref HostFrame frame, FuncType signature)
    {
        frame.BeginResults();
        foreach (ValType result in signature.Results)
        {
            if (result == ValType.I64) frame.Return(0L);
            else if (result == ValType.F64) frame.Return(0.0);
            else frame.Return(0);
        }
    }

    // Names of exports are cut short: u is the constructors, K QTS_NewRuntime, N QTS_NewContext, v malloc, pa QTS_Eval, Z QTS_GetFloat64.
    private Func<string, long> StartQuickJs()
    {
        Call("u");
        int context = (int)Call("N", (int)Call("K"), 0);
        return program =>
        {
            int code = Place("v", program), name = Place("v", "x.js");
            return (long)_instance.Function("Z").Invoke(context, (int)Call("pa", context, code, Encoding.UTF8.GetByteCount(program), name, 0, 0))[0].AsDouble();
        };
    }

    private Func<string, long> StartSqlite()
    {
        Call("__wasm_call_ctors");
        int place = (int)Call("sqlite3_malloc", 16);
        Call("sqlite3_open_v2", Place("sqlite3_malloc", ":memory:"), place, 6, 0);
        int database = _memory.Read<int>(place);
        return program =>
        {
            int text = Place("sqlite3_malloc", program);
            Call("sqlite3_prepare_v2", database, text, -1, place, 0);
            int statement = _memory.Read<int>(place);
            Call("sqlite3_step", statement);
            long result = Call("sqlite3_column_int64", statement, 0);
            Call("sqlite3_finalize", statement);
            Call("sqlite3_free", text);
            return result;
        };
    }

    private int Place(string allocate, string text)
    {
        int address = (int)Call(allocate, Encoding.UTF8.GetByteCount(text) + 1);
        int end = _memory.WriteUtf8(address, text);
        _memory.Write<byte>(address + end, 0);
        return address;
    }

    private long Call(string name, params int[] arguments)
        => _instance.Function(name).Invoke([.. arguments.Select(Value.FromInt32)]) switch
        {
            [] => 0,
            [var result] when result.Type == ValType.I64 => result.AsInt64(),
            [var result, ..] => result.AsInt32(),
        };
}
