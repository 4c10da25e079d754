using System.Diagnostics;
using System.Text;
using Nacre.Wasi;
using Nacre.Wasi.FileSystems;

namespace Nacre.Benchmarks;

/// <summary>How fast does a guest copy a file of the host, beside a program in C#, list a directory, and ask for the time?</summary>
internal static class FileBenchmarks
{
    private const int PieceByteCount = 1 << 16, RoundCount = 5, ClockCallCount = 1_000_000;
    private const long CopiedByteCount = 1L << 30;

    // Opens by a path that the host put at 0; copies in pieces; lists with a buffer as C programs have it, and counts bytes.
    private const string Guest = """
        (module
          (import "wasi_snapshot_preview1" "path_open"
            (func $path_open (param i32 i32 i32 i32 i32 i64 i64 i32 i32) (result i32)))
          (import "wasi_snapshot_preview1" "fd_read" (func $fd_read (param i32 i32 i32 i32) (result i32)))
          (import "wasi_snapshot_preview1" "fd_write" (func $fd_write (param i32 i32 i32 i32) (result i32)))
          (import "wasi_snapshot_preview1" "fd_close" (func $fd_close (param i32) (result i32)))
          (import "wasi_snapshot_preview1" "fd_readdir" (func $fd_readdir (param i32 i32 i32 i64 i32) (result i32)))
          (import "wasi_snapshot_preview1" "clock_time_get" (func $clock_time_get (param i32 i64 i32) (result i32)))
          (memory (export "memory") 4)
          (func (export "open") (param $length i32) (param $oflags i32) (param $rights i64) (result i32)
            (if (call $path_open
                  (i32.const 3) (i32.const 0) (i32.const 0) (local.get $length) (local.get $oflags) (local.get $rights) (i64.const 0) (i32.const 0)
                  (i32.const 512))
              (then unreachable))
            (i32.load (i32.const 512)))
          (func (export "close") (param i32) (if (call $fd_close (local.get 0)) (then unreachable)))
          (func (export "copy") (param $from i32) (param $to i32)
            (i32.store (i32.const 520) (i32.const 65536))
            (loop $piece
              (i32.store (i32.const 524) (i32.const 65536))
              (if (call $fd_read (local.get $from) (i32.const 520) (i32.const 1) (i32.const 528)) (then unreachable))
              (if (i32.eqz (i32.load (i32.const 528))) (then return))
              (i32.store (i32.const 524) (i32.load (i32.const 528)))
              (if (call $fd_write (local.get $to) (i32.const 520) (i32.const 1) (i32.const 528)) (then unreachable))
              (br $piece)))
          (func (export "list") (param $directory i32) (result i32)
            (local $cookie i64) (local $at i32) (local $next i32) (local $count i32)
            (loop $more
              (if (call $fd_readdir (local.get $directory) (i32.const 65536) (i32.const 4096) (local.get $cookie) (i32.const 528)) (then unreachable))
              (local.set $at (i32.const 0))
              (block $cut
                (loop $entry
                  (br_if $cut (i32.gt_u (i32.add (local.get $at) (i32.const 24)) (i32.load (i32.const 528))))
                  (local.set $next
                    (i32.add (i32.add (local.get $at) (i32.const 24)) (i32.load offset=65552 (local.get $at))))
                  (br_if $cut (i32.gt_u (local.get $next) (i32.load (i32.const 528))))
                  (local.set $cookie (i64.load offset=65536 (local.get $at)))
                  (local.set $count (i32.add (local.get $count) (i32.const 1)))
                  (local.set $at (local.get $next))
                  (br $entry)))
              (br_if $more (i32.eq (i32.load (i32.const 528)) (i32.const 4096))))
            (local.get $count))
          (func (export "ask") (param $clock i32) (param $count i32)
            (loop $again
              (if (call $clock_time_get (local.get $clock) (i64.const 1) (i32.const 528)) (then unreachable))
              (br_if $again (local.tee $count (i32.sub (local.get $count) (i32.const 1)))))))
        """;

    /// <summary>Prints the rates of copying and the times of listing and of asking for the time.</summary>
    /// <param name="folder">Where files for it are created, and removed again.</param>
    public static void Run(string folder)
    {
        string path = Directory.CreateDirectory(Path.Combine(folder, "nacre-files")).FullName;
        try
        {
            using WasiDirectory directory = HostDirectory.Open(path);
            Copy(path, directory);
            Ask(directory);
            foreach (int count in (int[])[1_000, 10_000, 25_000, 50_000, 100_000])
            {
                ListOfHost(path, count);
                ListInMemory(count);
            }
        }
        finally
        {
            Directory.Delete(path, recursive: true);
        }
    }

    private static void Copy(string path, WasiDirectory directory)
    {
        string source = Path.Combine(path, "source"), target = Path.Combine(path, "target");
        WriteSource(source);
        using var runner = new Runner(directory);
        (string What, Action Copy)[] ways =
        [
            ("C# `FileStream`", () => CopyByStream(source, target)),
            ("guest, `fd_read` and `fd_write`", () => runner.Copy("source", "target")),
        ];
        List<(double Clock, double Processor)>[] times = [[], []];
        for (int round = -1; round < RoundCount; round++)
        {
            for (int i = 0; i < ways.Length; i++)
            {
                File.Delete(target);
                (double, double) time = Time(ways[i].Copy);
                if (round >= 0) times[i].Add(time);
            }
        }

        Console.WriteLine("| 1 GiB in pieces of 64 KiB | by the clock, MB/s | of one core, MB/s |");
        Console.WriteLine("|---|---:|---:|");
        for (int i = 0; i < ways.Length; i++)
            Console.WriteLine(
                $"| {ways[i].What} | {CopiedByteCount / 1e6 / Statistics.Median(times[i].Select(time => time.Clock)):F0} "
                + $"| {CopiedByteCount / 1e6 / Statistics.Median(times[i].Select(time => time.Processor)):F0} |");
        File.Delete(source);
        File.Delete(target);
    }

    private static void Ask(WasiDirectory directory)
    {
        using var runner = new Runner(directory);
        foreach ((string name, int clock) in ((string, int)[])[("realtime", 0), ("monotonic", 1)])
            Print($"{ClockCallCount} calls of clock_time_get, {name}", ClockCallCount, () => runner.Ask(clock, ClockCallCount));
    }

    private static void ListOfHost(string path, int count)
    {
        string listed = Directory.CreateDirectory(Path.Combine(path, "listed")).FullName;
        for (int i = 0; i < count; i++) File.WriteAllBytes(Path.Combine(listed, Entry(i)), []);
        using (WasiDirectory directory = HostDirectory.Open(listed)) List("the host", directory, count);
        Directory.Delete(listed, recursive: true);
    }

    private static void ListInMemory(int count)
    {
        var system = new MemoryFileSystem(TimeProvider.System);
        for (int i = 0; i < count; i++) system.WriteFile(Entry(i), []);
        List("memory", system.Root, count);
    }

    private static string Entry(int number) => $"entry-{number:D6}";

    private static void List(string where, WasiDirectory directory, int count)
    {
        using var runner = new Runner(directory);
        Print($"{count} entries of {where} listed", count, () =>
        {
            if (runner.List() != count + 2) throw new InvalidOperationException("entries are missing");
        });
    }

    private static void Print(string what, int count, Action action)
    {
        var times = new List<(double Clock, double Processor)>();
        for (int round = -1; round < RoundCount; round++)
        {
            (double, double) time = Time(action);
            if (round >= 0) times.Add(time);
        }
        double clock = Statistics.Median(times.Select(time => time.Clock)), processor = Statistics.Median(times.Select(time => time.Processor));
        Console.WriteLine($"{what}: {clock * 1e3:F1} ms, {processor * 1e9 / count:F0} ns of one core each");
    }

    private static void WriteSource(string path)
    {
        var piece = new byte[PieceByteCount];
        new Random(5).NextBytes(piece);
        using FileStream file = File.Create(path, bufferSize: 0);
        for (long done = 0; done < CopiedByteCount; done += piece.Length) file.Write(piece);
    }

    private static void CopyByStream(string source, string target)
    {
        var piece = new byte[PieceByteCount];
        using var from = new FileStream(source, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
        using var to = new FileStream(target, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
        for (int count; (count = from.Read(piece)) > 0;) to.Write(piece, 0, count);
    }

    private static (double Clock, double Processor) Time(Action action)
    {
        TimeSpan processor = Environment.CpuUsage.TotalTime;
        long start = Stopwatch.GetTimestamp();
        action();
        return (Stopwatch.GetElapsedTime(start).TotalSeconds, (Environment.CpuUsage.TotalTime - processor).TotalSeconds);
    }

    private sealed class Runner : IDisposable
    {
        private const int Creat = 1, Directory = 2;
        private const long FdRead = 2, FdWrite = 64, FdReaddir = 1 << 14;

        private readonly Engine _engine = new();
        private readonly Store _store;
        private readonly WasiPreview1 _wasi;
        private readonly Instance _guest;

        public Runner(WasiDirectory directory)
        {
            _wasi = new WasiPreview1(new WasiOptions { Directories = [new PreopenedDirectory("/", directory)], TimeProvider = TimeProvider.System });
            _store = new Store(_engine);
            _guest = new Linker(_engine).Define(_wasi).Instantiate(_store, _engine.CompileText(Guest));
        }

        public void Copy(string source, string target)
        {
            int from = Open(source, 0, FdRead), to = Open(target, Creat, FdWrite);
            _guest.Function("copy").Invoke(Value.FromInt32(from), Value.FromInt32(to));
            Close(from);
            Close(to);
        }

        public int List()
        {
            int directory = Open(".", Directory, FdReaddir);
            int count = _guest.Function<int, int>("list").Invoke(directory);
            Close(directory);
            return count;
        }

        public void Ask(int clock, int count) => _guest.Function("ask").Invoke(Value.FromInt32(clock), Value.FromInt32(count));

        public void Dispose()
        {
            _wasi.Dispose();
            _store.Dispose();
            _engine.Dispose();
        }

        private int Open(string path, int oflags, long rights)
        {
            byte[] bytes = Encoding.UTF8.GetBytes(path);
            bytes.CopyTo(_guest.Memory().Slice(0, (ulong)bytes.Length));
            return _guest.Function("open").Invoke(Value.FromInt32(bytes.Length), Value.FromInt32(oflags), Value.FromInt64(rights))[0].AsInt32();
        }

        private void Close(int descriptor) => _guest.Function("close").Invoke(Value.FromInt32(descriptor));
    }
}
