using System.Diagnostics;
using Nacre.Syntax;

namespace Nacre.Benchmarks;

/// <summary>What do ten thousand live memories and instances of one page each cost, in time and in room, with each strategy?</summary>
internal static class InstanceBenchmarks
{
    private const int Count = 10_000, RunCount = 7;

    private const string SmallModule = """
        (module (memory 1) (data (i32.const 0) "small") (global (mut i32) (i32.const 0))
          (func (export "first") (result i32) (i32.load8_u (i32.const 0))))
        """;

    /// <summary>Prints a row for each strategy and each way to live: medians of the time per piece, and what all of them hold.</summary>
    public static void Run()
    {
        Console.WriteLine("| | memories | make, µs | free, µs | resident, MiB |");
        Console.WriteLine("|---|---|---:|---:|---:|");
        foreach (MemoryStrategy strategy in new[] { MemoryStrategy.Explicit, MemoryStrategy.Guard })
        {
            using var engine = new Engine(new EngineOptions { MemoryStrategy = strategy });
            Module module = engine.CompileText(SmallModule);
            Print("memories, touched, in one store", engine, () => MakeMemories(engine));
            Print("instances in one store", engine, () => MakeInstances(engine, module, storeCount: 1));
            Print("instances, each in a store of its own", engine, () => MakeInstances(engine, module, storeCount: Count));
        }
    }

    private static List<Store> MakeMemories(Engine engine)
    {
        var store = new Store(engine);
        for (int i = 0; i < Count; i++) new Memory(store, new MemoryType(new Limits(1))).Slice(0, 1)[0] = 1;
        return [store];
    }

    private static List<Store> MakeInstances(Engine engine, Module module, int storeCount)
    {
        var stores = new List<Store>(storeCount);
        var linker = new Linker(engine);
        for (int i = 0; i < Count; i++)
        {
            if (i < storeCount) stores.Add(new Store(engine));
            linker.Instantiate(stores[^1], module);
        }
        return stores;
    }

    private static void Print(string what, Engine engine, Func<List<Store>> make)
    {
        var making = new List<double>();
        var freeing = new List<double>();
        var resident = new List<double>();
        for (int i = 0; i < RunCount; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
            long before = Environment.WorkingSet;
            long start = Stopwatch.GetTimestamp();
            List<Store> stores = make();
            making.Add(Stopwatch.GetElapsedTime(start).TotalMicroseconds / Count);
            resident.Add((Environment.WorkingSet - before) / (1024.0 * 1024));
            start = Stopwatch.GetTimestamp();
            foreach (Store store in stores) store.Dispose();
            freeing.Add(Stopwatch.GetElapsedTime(start).TotalMicroseconds / Count);
        }
        Console.WriteLine($"| {what} | {engine.MemoryStrategy} | {Statistics.Median(making):F1} | {Statistics.Median(freeing):F1} | {Statistics.Median(resident):F0} |");
    }
}
