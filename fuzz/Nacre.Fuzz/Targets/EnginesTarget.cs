using Nacre.Binary;
using Nacre.Fuzz.Generation;
using Nacre.Fuzz.Oracles;
using Nacre.Fuzz.Reduction;

namespace Nacre.Fuzz.Targets;

/// <summary>Generated modules against the promise that all engines do the same with them.</summary>
internal sealed class EnginesTarget(ulong seed)
{
    private const int StackByteCount = 32 << 20;

    private readonly Lock _counting = new();
    private int _next;

    /// <summary>How many modules were run.</summary>
    public int ModuleCount { get; private set; }
    /// <summary>How many events were compared.</summary>
    public long EventCount { get; private set; }
    /// <summary>How many calls came to an end by themselves.</summary>
    public long ReturnCount { get; private set; }
    /// <summary>How many modules used up the stack, after which nothing is compared.</summary>
    public int CutShortCount { get; private set; }
    /// <summary>Modules with which engines do different things.</summary>
    public List<Finding> Findings { get; } = [];

    /// <summary>Runs the modules from <paramref name="first"/> on.</summary>
    /// <param name="first">Number of the first module.</param>
    /// <param name="count">How many.</param>
    /// <param name="threadCount">How many at the same time.</param>
    public void Run(int first, int count, int threadCount = 1)
    {
        _next = first;
        Thread[] threads = [.. Enumerable.Range(0, threadCount).Select(_ => new Thread(() => RunUntil(first + count), StackByteCount))];
        foreach (Thread thread in threads) thread.Start();
        foreach (Thread thread in threads) thread.Join();
    }

    /// <summary>The module number <paramref name="number"/>.</summary>
    public byte[] ModuleAt(int number) => ModuleEncoder.Encode(ModuleGenerator.Generate(seed, (ulong)number).Definition);

    /// <summary>A smaller module with which engines still do different things.</summary>
    public byte[] Reduce(Finding finding, TimeSpan limit)
    {
        GeneratedModule generated = ModuleGenerator.Generate(seed, (ulong)finding.Number);
        byte[] smaller = finding.Input;
        var thread = new Thread(() => smaller = new ModuleReducer(generated.Definition, Differs, limit).Reduce(), StackByteCount);
        thread.Start();
        thread.Join();
        return smaller;

        bool Differs(byte[] bytes)
            => EngineOracle.Judge(bytes, generated.IsBounded, seed, (ulong)finding.Number).Difference is { } difference
            && difference.StartsWith("Interpreter", StringComparison.Ordinal) == finding.Problem.StartsWith("Interpreter", StringComparison.Ordinal)
            && EngineOracle.IsDetermined(bytes, generated.IsBounded, seed, (ulong)finding.Number);
    }

    private void RunUntil(int end)
    {
        for (int number; (number = Interlocked.Increment(ref _next) - 1) < end;)
        {
            GeneratedModule generated = ModuleGenerator.Generate(seed, (ulong)number);
            byte[] bytes = ModuleEncoder.Encode(generated.Definition);
            Count(number, bytes, EngineOracle.Judge(bytes, generated.IsBounded, seed, (ulong)number));
        }
    }

    private void Count(int number, byte[] bytes, Verdict verdict)
    {
        lock (_counting)
        {
            ModuleCount++;
            EventCount += verdict.EventCount;
            ReturnCount += verdict.ReturnCount;
            if (verdict.IsCutShort) CutShortCount++;
            if (verdict.Difference is { } difference) Findings.Add(new Finding(number, bytes, difference));
        }
    }
}
