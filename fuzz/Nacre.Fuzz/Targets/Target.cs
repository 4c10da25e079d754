using System.Diagnostics;
using Nacre.Fuzz.Oracles;

namespace Nacre.Fuzz.Targets;

/// <summary>Inputs against the promise that nothing but the documented errors comes of them, soon, and in bounded memory.</summary>
internal abstract class Target
{
    // Time is that of a loaded machine and the first calls; a hang is still far beyond it.
    private static readonly TimeSpan s_timeLimit = TimeSpan.FromSeconds(5);

    // A byte of input can become an object of some dozens of bytes at each step; a guest has its stack, tables and memory.
    private const long FixedByteLimit = 16 << 20, BytesPerInputByte = 1000;

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
        for (int number = first; number < first + count; number++) Judge(number, Variant(number));
    }

    /// <summary>Input number <paramref name="number"/>.</summary>
    protected abstract byte[] Variant(int number);

    /// <summary>How far <paramref name="input"/> comes; throws what nothing may throw.</summary>
    protected abstract Outcome OutcomeOf(byte[] input);

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
}
