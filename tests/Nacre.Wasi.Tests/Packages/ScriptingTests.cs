using System.Text;
using Nacre.Runtime;
using Nacre.Syntax;
using Nacre.Tests.Support;

namespace Nacre.Wasi.Tests;

/// <summary>A scripting language and a database, which are reactors: their hosts call them.</summary>
public sealed class ScriptingTests
{
    [PackageTheory, EachEngine]
    public void QuickJS_evaluates_a_script(EngineKind engine)
    {
        using var guest = new Reactor(engine, "quickjs-wasi/quickjs.wasm");
        Assert.Equal(0, guest.Call("qjs_init"));
        const string Script = """
            const squares = [...Array(5).keys()].map(n => n * n);
            const sorted = "pearl nacre shell".split(" ").sort().join();
            `${squares} ${sorted} ${JSON.stringify({ big: 2n ** 64n + "" })} ${/n(.)c/.exec("nacre")[1]}`
            """;
        int value = guest.Call("qjs_eval", guest.Place(Script), Encoding.UTF8.GetByteCount(Script), guest.Place("script.js"), 0);
        Assert.Equal("0,1,4,9,16 nacre,pearl,shell {\"big\":\"18446744073709551616\"} a", guest.TextAt(guest.Call("qjs_get_string", value)));
    }

    [PackageTheory, EachEngine]
    public void SQLite_keeps_and_queries_rows(EngineKind engine)
    {
        using var guest = new Reactor(engine, "@sqlite.org/sqlite-wasm/sqlite-wasm/jswasm/sqlite3.wasm");
        int place = guest.Call("malloc", 16);
        const int ReadWriteCreate = 6;
        Assert.Equal(0, guest.Call("sqlite3_open_v2", guest.Place(":memory:"), place, ReadWriteCreate, 0));
        int database = guest.Memory.Read<int>(place);
        Assert.Empty(guest.Query(database, place, "create table shell(name text, rings integer)"));
        Assert.Empty(guest.Query(database, place, """
            insert into shell select 'shell ' || value, value * value from
              (with recursive count(value) as (select 1 union all select value + 1 from count where value < 1000) select value from count)
            """));
        Assert.Equal(["shell 1000|1000000", "shell 999|998001"], guest.Query(database, place, "select name, rings from shell order by rings desc limit 2"));
        Assert.Equal(["1000|333833500"], guest.Query(database, place, "select count(*), sum(rings) from shell"));
    }

    // A guest whose imports beside WASI do nothing and answer 0; calls of a system that is not there fail.
    private sealed class Reactor : IDisposable
    {
        private const int NoSystem = -52;       // Emscripten's -ENOSYS

        private readonly Engine _engine;
        private readonly Store _store;
        private readonly WasiPreview1 _wasi = new(new WasiOptions { TimeProvider = TimeProvider.System });
        private readonly Instance _instance;

        public Reactor(EngineKind kind, string file)
        {
            _engine = new Engine(kind.Options());
            _store = new Store(_engine);
            Module module = _engine.Compile(File.ReadAllBytes(ShippedPackages.PathOf(file)));
            Memory? imported = null;
            Linker linker = new Linker(_engine).Define(_wasi);
            foreach (ImportDescription import in module.Imports.Where(import => !linker.IsDefined(import.Module, import.Name)))
            {
                if (import.Signature is { } signature) linker.Define(import.Module, import.Name, signature, (ref HostFrame frame) => Return(ref frame, signature, import.Name.StartsWith("__syscall", StringComparison.Ordinal) ? NoSystem : 0));
                else linker.Define(import.Module, import.Name, imported ??= new Memory(_store, new MemoryType(new Limits(256, 32_768))));
            }
            _instance = linker.Instantiate(_store, module);
            Memory = imported ?? _instance.Memory();
            _wasi.Run(_instance);
            if (_instance.TryGetFunction("__wasm_call_ctors", out Function? constructors)) constructors.Invoke();
        }

        public Memory Memory { get; }

        public int Call(string name, params int[] arguments)
            => _instance.Function(name).Invoke([.. arguments.Select(Value.FromInt32)]) is [var result, ..] ? result.AsInt32() : 0;

        /// <summary>Leaves a text in the guest's memory, ended by a zero byte.</summary>
        public int Place(string text)
        {
            int address = Call("malloc", Encoding.UTF8.GetByteCount(text) + 1);
            int byteCount = Memory.WriteUtf8(address, text);
            Memory.Write<byte>(address + byteCount, 0);
            return address;
        }

        public string TextAt(int address)
        {
            int byteCount = 0;
            while (Memory.Read<byte>(address + byteCount) != 0) byteCount++;
            return Memory.ReadUtf8(address, byteCount);
        }

        /// <summary>The rows that a statement yields, their columns separated by bars.</summary>
        public List<string> Query(int database, int place, string statement)
        {
            const int Row = 100, Done = 101;
            Assert.Equal(0, Call("sqlite3_prepare_v2", database, Place(statement), -1, place, 0));
            int prepared = Memory.Read<int>(place);
            var rows = new List<string>();
            int step;
            for (step = Call("sqlite3_step", prepared); step == Row; step = Call("sqlite3_step", prepared))
            {
                IEnumerable<string> columns = Enumerable.Range(0, Call("sqlite3_column_count", prepared)).Select(column => TextAt(Call("sqlite3_column_text", prepared, column)));
                rows.Add(string.Join('|', columns));
            }
            Assert.Equal(Done, step);
            Assert.Equal(0, Call("sqlite3_finalize", prepared));
            return rows;
        }

        public void Dispose()
        {
            _wasi.Dispose();
            _store.Dispose();
            _engine.Dispose();
        }

        private static void Return(ref HostFrame frame, FuncType signature, int answer)
        {
            frame.BeginResults();
            foreach (ValType result in signature.Results)
            {
                if (result == ValType.I64) frame.Return((long)answer);
                else if (result == ValType.F64) frame.Return((double)answer);
                else frame.Return(answer);
            }
        }
    }
}
