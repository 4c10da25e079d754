using Nacre.Wasi.FileSystems;

namespace Nacre.Wasi.Tests;

public class TraceTests
{
    [Theory]
    [InlineData("wasi_snapshot_preview1", 0, 1, 2)]
    [InlineData("wasi_unstable", 2, 0, 1)]
    public void What_was_otherwise_before_preview_1_is_shown_as_what_it_was(string module, int start, int here, int end)
    {
        var system = new MemoryFileSystem();
        system.WriteFile("f", "four"u8);
        var lines = new StringWriter();
        using var engine = new Engine();
        using var store = new Store(engine);
        using var wasi = new WasiPreview1(new WasiOptions { Directories = [new PreopenedDirectory("/", system.Root)] });
        var linker = new Linker(engine) { HostFunctionWrapper = new WasiTrace(lines).Wrap };
        wasi.DefineUnstableIn(linker.Define(wasi));
        Instance guest = linker.Instantiate(store, engine.CompileText($"""
            (module
              (import "{module}" "path_open" (func $open (param i32 i32 i32 i32 i32 i64 i64 i32 i32) (result i32)))
              (import "{module}" "fd_seek" (func $seek (param i32 i64 i32 i32) (result i32)))
              (import "{module}" "fd_filestat_get" (func $stat (param i32 i32) (result i32)))
              (import "{module}" "path_filestat_get" (func $path_stat (param i32 i32 i32 i32 i32) (result i32)))
              (memory (export "memory") 1)
              (data (i32.const 0) "f")
              (func (export "_start")
                (drop (call $open (i32.const 3) (i32.const 0) (i32.const 0) (i32.const 1) (i32.const 0) (i64.const 0x200006) (i64.const 0) (i32.const 0) (i32.const 8)))
                (drop (call $seek (i32.const 4) (i64.const 1) (i32.const {start}) (i32.const 8)))
                (drop (call $seek (i32.const 4) (i64.const 1) (i32.const {here}) (i32.const 8)))
                (drop (call $seek (i32.const 4) (i64.const 1) (i32.const {end}) (i32.const 8)))
                (drop (call $stat (i32.const 4) (i32.const 64)))
                (drop (call $path_stat (i32.const 3) (i32.const 0) (i32.const 0) (i32.const 1) (i32.const 64)))))
            """));
        wasi.Run(guest);
        Assert.Equal(
            [
                "fd_seek(4, 1, set) = success, 1",
                "fd_seek(4, 1, cur) = success, 2",
                "fd_seek(4, 1, end) = success, 5",
                "fd_filestat_get(4) = success, regular_file, 4 bytes",
                "path_filestat_get(3, none, \"f\") = success, regular_file, 4 bytes",
            ],
            lines.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries)[1..]);
    }
}
