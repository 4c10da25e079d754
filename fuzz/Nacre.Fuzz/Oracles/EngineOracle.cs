namespace Nacre.Fuzz.Oracles;

/// <summary>What came of a module on all engines.</summary>
/// <param name="Difference">What is not the same; null when all is.</param>
/// <param name="EventCount">How many events were seen on the first engine.</param>
/// <param name="ReturnCount">How many calls came to an end by themselves.</param>
/// <param name="IsCutShort">Whether a call used up the stack, and nothing after it was compared.</param>
internal readonly record struct Verdict(string? Difference, int EventCount, int ReturnCount, bool IsCutShort);

/// <summary>All engines do the same with a module: results, traps, exceptions, calls of the host, fuel, and what is left in memories, tables and globals.</summary>
internal static class EngineOracle
{
    /// <summary>Runs a module in its setups.</summary>
    /// <param name="module">The module.</param>
    /// <param name="isBounded">Whether it ends without fuel.</param>
    /// <param name="seed">With <paramref name="number"/>, determines arguments and options.</param>
    /// <param name="number">The number of the module.</param>
    public static Verdict Judge(byte[] module, bool isBounded, ulong seed, ulong number)
    {
        (bool consumesFuel, bool isInterruptible) = Budgets(isBounded, number);
        Transcript? first = null;
        bool isCutShort = false;
        foreach (EngineSetup setup in EngineSetup.For(number))
        {
            Transcript transcript;
            try
            {
                transcript = EngineRun.Run(setup.Options(consumesFuel, isInterruptible), module, seed, number);
            }
            catch (Exception exception) when (exception is not OutOfMemoryException)
            {
                return new Verdict($"{setup}: {exception}", 0, 0, false);
            }
            isCutShort |= transcript.IsCutShort;
            first ??= transcript;
            if (Transcript.Compare(first, transcript) is { } difference)
                return new Verdict($"{EngineSetup.All[0]} and {setup} differ:\n{difference}", first.Count, first.ReturnCount, isCutShort);
        }
        return new Verdict(null, first!.Count, first.ReturnCount, isCutShort);
    }

    /// <summary>
    /// Whether nothing that is seen of a module depends on bits of NaN that the specification leaves open: canonical NaNs change nothing.
    /// Generated modules see to that themselves; without a part they may not.
    /// </summary>
    /// <inheritdoc cref="Judge"/>
    public static bool IsDetermined(byte[] module, bool isBounded, ulong seed, ulong number)
    {
        (bool consumesFuel, bool isInterruptible) = Budgets(isBounded, number);
        EngineOptions options = EngineSetup.All[0].Options(consumesFuel, isInterruptible);
        Transcript any = EngineRun.Run(options, module, seed, number);
        return Transcript.Compare(any, EngineRun.Run(options with { CanonicalizeNaNs = true }, module, seed, number)) is null;
    }

    private static (bool ConsumesFuel, bool IsInterruptible) Budgets(bool isBounded, ulong number) => (!isBounded || number % 4 == 0, number % 3 == 0);
}
