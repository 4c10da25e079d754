using Nacre.Syntax;
using Nacre.Tests.Support;

namespace Nacre.Wasi.Tests;

/// <summary>A guest that imports every function of WASI preview 1 and exports each again, under its own name, with one page of memory.</summary>
internal sealed class WasiGuest : IDisposable
{
    private const string ModuleName = "wasi_snapshot_preview1";

    private readonly Engine _engine;
    private readonly Store _store;
    private readonly Instance _instance;

    /// <param name="options">What it gets from its host.</param>
    /// <param name="engine">What runs it.</param>
    /// <param name="cancellation">Interrupts it.</param>
    public WasiGuest(WasiOptions? options = null, EngineKind engine = EngineKind.Auto, CancellationToken cancellation = default)
    {
        _engine = new Engine(engine.Options() with { Interruptible = cancellation.CanBeCanceled });
        Wasi = new WasiPreview1(options ?? new WasiOptions());
        _store = new Store(_engine) { CancellationToken = cancellation };
        _instance = new Linker(_engine).Define(Wasi).Instantiate(_store, _engine.Compile(Module()));
    }

    /// <summary>All functions with their parameters: <c>i</c> is an i32, <c>I</c> an i64. All but <c>proc_exit</c> result in an i32.</summary>
    public static (string Name, string Parameters)[] Signatures { get; } =
    [
        ("args_get", "ii"), ("args_sizes_get", "ii"), ("environ_get", "ii"), ("environ_sizes_get", "ii"),
        ("clock_res_get", "ii"), ("clock_time_get", "iIi"),
        ("fd_advise", "iIIi"), ("fd_allocate", "iII"), ("fd_close", "i"), ("fd_datasync", "i"), ("fd_fdstat_get", "ii"),
        ("fd_fdstat_set_flags", "ii"), ("fd_fdstat_set_rights", "iII"), ("fd_filestat_get", "ii"), ("fd_filestat_set_size", "iI"),
        ("fd_filestat_set_times", "iIIi"), ("fd_pread", "iiiIi"), ("fd_prestat_get", "ii"), ("fd_prestat_dir_name", "iii"),
        ("fd_pwrite", "iiiIi"), ("fd_read", "iiii"), ("fd_readdir", "iiiIi"), ("fd_renumber", "ii"), ("fd_seek", "iIii"),
        ("fd_sync", "i"), ("fd_tell", "ii"), ("fd_write", "iiii"),
        ("path_create_directory", "iii"), ("path_filestat_get", "iiiii"), ("path_filestat_set_times", "iiiiIIi"),
        ("path_link", "iiiiiii"), ("path_open", "iiiiiIIii"), ("path_readlink", "iiiiii"), ("path_remove_directory", "iii"),
        ("path_rename", "iiiiii"), ("path_symlink", "iiiii"), ("path_unlink_file", "iii"),
        ("poll_oneoff", "iiii"), ("proc_exit", "i"), ("proc_raise", "i"), ("sched_yield", ""), ("random_get", "ii"),
        ("sock_accept", "iii"), ("sock_recv", "iiiiii"), ("sock_send", "iiiii"), ("sock_shutdown", "ii"),
    ];

    public WasiPreview1 Wasi { get; }

    public Memory Memory => _instance.Memory();

    /// <summary>Calls a function of WASI from the guest's code.</summary>
    public Errno Call(string name, params long[] arguments)
    {
        Function function = _instance.Function(name);
        var values = new Value[arguments.Length];
        for (int i = 0; i < values.Length; i++)
            values[i] = function.Type.Parameters[i] == ValType.I32 ? Value.FromInt32((int)arguments[i]) : Value.FromInt64(arguments[i]);
        return (Errno)Assert.Single(function.Invoke(values)).AsInt32();
    }

    /// <summary>Writes an array of buffers, each an address and a byte count, at <paramref name="address"/>.</summary>
    public void WriteBuffers(int address, params (int Address, int ByteCount)[] buffers)
    {
        foreach ((int bufferAddress, int byteCount) in buffers)
        {
            Memory.Write(address, bufferAddress);
            Memory.Write(address + 4, byteCount);
            address += 8;
        }
    }

    public void Dispose()
    {
        Wasi.Dispose();
        _store.Dispose();
        _engine.Dispose();
    }

    private static byte[] Module()
    {
        var module = new ModuleBuilder();
        foreach ((string name, string parameters) in Signatures) module.ImportFunc(ModuleName, name, Types(parameters), Results(name));
        module.Memory(1);
        for (int i = 0; i < Signatures.Length; i++)
        {
            (string name, string parameters) = Signatures[i];
            uint function = (uint)i;
            module.Func(name, Types(parameters), Results(name), code => code.Locals(parameters.Length).Call(function));
        }
        return module.Build();
    }

    private static ValType[] Types(string letters) => [.. letters.Select(letter => letter == 'I' ? ValType.I64 : ValType.I32)];

    private static ValType[] Results(string name) => name == "proc_exit" ? [] : [ValType.I32];
}
