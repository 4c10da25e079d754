using System.Diagnostics;
using System.Globalization;
using Nacre.Compiler;
using Nacre.Syntax;
using Nacre.Validation;

namespace Nacre.Benchmarks;

/// <summary>What does it take to compile every function of a module?</summary>
internal static class CompileBenchmark
{
    private const int ListedCount = 10;

    private readonly record struct Row(FuncIndex Function, int ByteCount, TimeSpan Time, int PieceCount);

    /// <summary>Prints what all functions of <paramref name="file"/> take together, and each of the biggest.</summary>
    public static void Run(string file, bool isGuarded)
    {
        using var engine = new Engine(new EngineOptions { Kind = EngineKind.Compiler });
        ValidatedModule module = engine.Compile(File.ReadAllBytes(file)).Validated;
        var code = new CodeVariant((CompilerEngine)engine.Execution, module, isGuarded);
        int count = module.Definition.Functions.Length;
        var rows = new Row[count];

        long allocatedBefore = GC.GetTotalAllocatedBytes(precise: true);
        TimeSpan processorBefore = Environment.CpuUsage.TotalTime;
        long begin = Stopwatch.GetTimestamp();
        for (int i = 0; i < count; i++) rows[i] = Compile(code, module, i);
        TimeSpan clock = Stopwatch.GetElapsedTime(begin), processor = Environment.CpuUsage.TotalTime - processorBefore;
        long allocated = GC.GetTotalAllocatedBytes(precise: true) - allocatedBefore;

        long byteCount = rows.Sum(row => (long)row.ByteCount);
        Print($"{count:N0} functions, {byteCount / 1e6:F2} MB of code: {processor.TotalSeconds:F2} s of processor time, {clock.TotalSeconds:F2} s by the clock");
        Print($"a function {processor.TotalMicroseconds / count:F0} µs, a byte {processor.TotalNanoseconds / byteCount:F0} ns; allocated {allocated / 1e6:F1} MB, {allocated / byteCount} bytes for each");
        Print($"\n{"biggest",-40} {"bytes",10} {"ms",10} {"pieces",8}");
        foreach (Row row in rows.OrderByDescending(row => row.ByteCount).Take(ListedCount))
            Print($"{module.Names.FunctionName(row.Function) ?? $"func {row.Function.Value}",-40} {row.ByteCount,10:N0} {row.Time.TotalMilliseconds,10:F1} {row.PieceCount,8}");
    }

    private static Row Compile(CodeVariant code, ValidatedModule module, int definedIndex)
    {
        long begin = Stopwatch.GetTimestamp();
        code.CompileWhole(definedIndex);
        return new Row(module.IndexOf(definedIndex), module.Definition.Functions[definedIndex].Body.Bytes.Length,
            Stopwatch.GetElapsedTime(begin), code.SplitOf(definedIndex)?.Plan.Pieces.Length ?? 1);
    }

    private static void Print(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
