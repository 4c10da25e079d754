using System.Globalization;

namespace Nacre.Benchmarks;

/// <summary>What does a call cost that crosses the border between host and guest, or between two guests, beside calls that cross none?</summary>
internal static class CallBenchmarks
{
    private const int CallCount = 2_000_000;

    private const string Callee = """
        (module (func (export "next") (param i32) (result i32) (i32.add (local.get 0) (i32.const 1))))
        """;

    // Each loop passes the result of a call to the next one, so that no call can be left out.
    private const string Caller = """
        (module
          (type $next (func (param i32) (result i32)))
          (import "host" "next" (func $host (type $next)))
          (import "host" "next_of_four" (func $four (param i32 i64 f32 f64) (result i32)))
          (import "host" "same" (func $same (param externref) (result externref)))
          (import "host" "next_of_lambda" (func $lambda (type $next)))
          (import "other" "next" (func $other (type $next)))
          (table funcref (elem $one $two))
          (func $one (export "next") (type $next) (i32.add (local.get 0) (i32.const 1)))
          (func $two (type $next) (i32.sub (local.get 0) (i32.const -1)))
          (func (export "next_of_four") (param i32 i64 f32 f64) (result i32) (i32.add (local.get 0) (i32.const 1)))
          (func (export "same") (param externref) (result externref) (local.get 0))
          (func (export "reference") (param $end i32) (param $r externref) (result i32) (local $i i32)
            (loop $again
              (local.set $r (call $same (local.get $r)))
              (br_if $again (i32.lt_s (local.tee $i (i32.add (local.get $i) (i32.const 1))) (local.get $end))))
            (local.get $i))
        """;

    private static readonly (string What, string Export, string Call)[] s_loops =
    [
        ("no call, only the loop", "loop", "(i32.add (local.get $i) (i32.const 1))"),
        ("guest to itself, `call`", "call", "(call $one (local.get $i))"),
        ("guest to itself, `call_indirect`", "call_indirect", "(call_indirect (type $next) (local.get $i) (i32.and (local.get $i) (i32.const 1)))"),
        ("guest to another instance, imported function", "import", "(call $other (local.get $i))"),
        ("guest to host, method of a `[HostModule]`", "host", "(call $host (local.get $i))"),
        ("the same, four parameters", "four", "(call $four (local.get $i) (i64.const 1) (f32.const 1) (f64.const 1))"),
        ("the same, a lambda", "lambda", "(call $lambda (local.get $i))"),
    ];

    /// <summary>Prints a row for each kind of call and each engine: nanoseconds of processor time, and bytes allocated, per call.</summary>
    public static void Run()
    {
        Console.WriteLine("| | engine | of one core, ns | fastest run, ns | allocated, bytes |");
        Console.WriteLine("|---|---|---:|---:|---:|");
        foreach (EngineKind kind in new[] { EngineKind.Compiler, EngineKind.Auto, EngineKind.Interpreter }) Run(kind);
    }

    private static void Run(EngineKind kind)
    {
        using var engine = new Engine(new EngineOptions { Kind = kind });
        using var store = new Store(engine);
        Linker linker = new Linker(engine).Define(new NextHost()).Define("host", "next_of_lambda", (int value) => value + 1);
        linker.DefineInstance("other", linker.Instantiate(store, engine.CompileText(Callee)));
        Instance caller = linker.Instantiate(store, engine.CompileText($"{Caller}{string.Concat(s_loops.Select(Loop))})"));

        Function<int, int> next = caller.Function<int, int>("next");
        Print("host to guest, `Function<int, int>.Invoke`", kind, count =>
        {
            int value = 0;
            while (value < count) value = next.Invoke(value);
        });
        Function<int, long, float, double, int> four = caller.Function<int, long, float, double, int>("next_of_four");
        Print("the same, four parameters", kind, count =>
        {
            int value = 0;
            while (value < count) value = four.Invoke(value, 1, 1, 1);
        });
        Function<object?, object?> same = caller.Function<object?, object?>("same");
        Print("the same, `externref`", kind, count =>
        {
            object? value = "some object";
            for (int i = 0; i < count; i++) value = same.Invoke(value);
        });
        foreach ((string what, string export, _) in s_loops)
        {
            Function<int, int> loop = caller.Function<int, int>(export);
            Print(what, kind, count => loop.Invoke(count));
        }
        Function<int, object, int> reference = caller.Function<int, object, int>("reference");
        Print("guest to host, method of a `[HostModule]`, `externref`", kind, count => reference.Invoke(count, "some object"));
    }

    private static string Loop((string What, string Export, string Call) loop) => $"""
          (func (export "{loop.Export}") (param $end i32) (result i32) (local $i i32)
            (loop $again
              (local.set $i {loop.Call})
              (br_if $again (i32.lt_s (local.get $i) (local.get $end))))
            (local.get $i))
        """;

    // .NET optimises a method that was called some thirty times, a while after that, and twice: the first time to count what it does.
    private static void WarmUp(Action<int> call)
    {
        const int RoundCount = 4, CallsPerRound = 50, ShortCount = 1_000;
        for (int round = 0; round < RoundCount; round++)
        {
            for (int i = 0; i < CallsPerRound; i++) call(ShortCount);
            Thread.Sleep(TimeSpan.FromMilliseconds(200));
        }
    }

    private static void Print(string what, EngineKind kind, Action<int> call)
    {
        WarmUp(call);
        Measurement measurement = Measurement.Of(() => call(CallCount));
        long before = GC.GetAllocatedBytesForCurrentThread();
        call(CallCount);
        double byteCount = (GC.GetAllocatedBytesForCurrentThread() - before) / (double)CallCount;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {what} | {kind} | {PerCall(measurement.Processor):F1} | {PerCall(measurement.LeastProcessor):F1} | {byteCount:0.##} |"));
    }

    private static double PerCall(TimeSpan time) => time.TotalNanoseconds / CallCount;
}

/// <summary>The host of the guests that call it.</summary>
[HostModule("host")]
internal sealed partial class NextHost
{
    /// <summary>The next number.</summary>
    [HostFunction("next")]
    public static int Next(int value) => value + 1;

    /// <summary>The next number, whatever else there is.</summary>
    [HostFunction("next_of_four")]
    public static int NextOfFour(int value, long second, float third, double fourth) => value + 1;

    /// <summary>The same reference.</summary>
    [HostFunction("same")]
    public static object? Same(object? reference) => reference;
}
