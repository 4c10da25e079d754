using System.Diagnostics;
using Nacre.Fuzz.Generators;
using Nacre.Fuzz.Oracles;
using Nacre.Syntax;

namespace Nacre.Fuzz.Targets;

/// <summary>Damaged modules against the promise that nothing but the documented errors comes of them, soon, and in bounded memory.</summary>
internal sealed class MutateTarget(IReadOnlyList<byte[]> samples, ulong seed)
{
    // Time is that of a loaded machine and the first calls; a hang is still far beyond it.
    private static readonly TimeSpan s_timeLimit = TimeSpan.FromSeconds(5);

    // A byte of input can become an object of some dozens of bytes at each step; a guest has its stack, tables and memory.
    private const long FixedByteLimit = 16 << 20, BytesPerInputByte = 1000;

    private readonly ModuleMutator _mutator = new(samples, seed);

    /// <summary>How many inputs came how far, by <see cref="Outcome"/>.</summary>
    public int[] Counts { get; } = new int[Enum.GetValues<Outcome>().Length];

    /// <summary>What does not behave as documented.</summary>
    public List<Finding> Findings { get; } = [];

    /// <summary>The longest that one input took.</summary>
    public TimeSpan Slowest { get; private set; }

    /// <summary>The most that one input had allocated, in bytes.</summary>
    public long Hungriest { get; private set; }

    /// <summary>Judges the variants from <paramref name="first"/> on.</summary>
    public void Run(int first, int count)
    {
        for (int number = first; number < first + count; number++) Judge(number, _mutator.Variant(number));
    }

    private void Judge(int number, byte[] input)
    {
        long allocatedBefore = GC.GetAllocatedBytesForCurrentThread(), start = Stopwatch.GetTimestamp();
        try
        {
            Counts[(int)OutcomeOf(input)]++;
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            Findings.Add(new Finding(number, input, exception.ToString()));
        }
        TimeSpan elapsed = Stopwatch.GetElapsedTime(start);
        long allocated = GC.GetAllocatedBytesForCurrentThread() - allocatedBefore;

        if (elapsed > s_timeLimit) Findings.Add(new Finding(number, input, $"took {elapsed}"));
        if (allocated > FixedByteLimit + (BytesPerInputByte * input.Length)) Findings.Add(new Finding(number, input, $"allocated {allocated} bytes"));
        if (elapsed > Slowest) Slowest = elapsed;
        if (allocated > Hungriest) Hungriest = allocated;
    }

    private static Outcome OutcomeOf(byte[] input)
    {
        if (DecodeOracle.Decode(input, WasmFeatures.All, out Outcome refused) is not { } module) return refused;
        return ValidateOracle.IsValid(module, WasmFeatures.All) ? RunOracle.Run(input) : Outcome.Invalid;
    }
}
