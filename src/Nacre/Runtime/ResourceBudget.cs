using Nacre.Syntax;

namespace Nacre.Runtime;

/// <summary>What is left of a store's limits. Thread-safe: a shared memory is grown from several threads.</summary>
/// <param name="limits">The limits.</param>
/// <param name="shared">The budget of another store that has the same limits, and from which everything is taken too.</param>
internal sealed class ResourceBudget(StoreLimits limits, ResourceBudget? shared = null)
{
    private ulong _memoryByteCount;
    private ulong _tableElementCount;
    private ulong _instanceCount;

    /// <summary>The limits themselves.</summary>
    public StoreLimits Limits { get; } = limits;

    /// <summary>Takes bytes of linear memory; false, and nothing taken, when that is beyond the limit.</summary>
    public bool TryTakeMemory(ulong byteCount)
    {
        if (shared is not null && !shared.TryTakeMemory(byteCount)) return false;
        if (TryTake(ref _memoryByteCount, byteCount, Limits.MaxMemoryByteCount)) return true;
        shared?.ReturnMemory(byteCount);
        return false;
    }

    /// <summary>Gives back bytes that were taken.</summary>
    public void ReturnMemory(ulong byteCount)
    {
        Interlocked.Add(ref _memoryByteCount, 0 - byteCount);
        shared?.ReturnMemory(byteCount);
    }

    /// <summary>Takes table elements; false, and nothing taken, when that is beyond the limit.</summary>
    public bool TryTakeTable(ulong elementCount)
    {
        if (shared is not null && !shared.TryTakeTable(elementCount)) return false;
        if (TryTake(ref _tableElementCount, elementCount, Limits.MaxTableElementCount)) return true;
        shared?.ReturnTable(elementCount);
        return false;
    }

    /// <summary>Gives back table elements that were taken.</summary>
    public void ReturnTable(ulong elementCount)
    {
        Interlocked.Add(ref _tableElementCount, 0 - elementCount);
        shared?.ReturnTable(elementCount);
    }

    /// <summary>Takes a place for one more instance.</summary>
    /// <exception cref="ExhaustionException">There is none left.</exception>
    public void TakeInstance()
    {
        shared?.TakeInstance();
        if (TryTake(ref _instanceCount, 1, (ulong)Math.Max(Limits.MaxInstanceCount, 0))) return;
        shared?.ReturnInstance();
        throw Exhausted($"the store may have {Limits.MaxInstanceCount} instances");
    }

    /// <summary>Gives back the place of an instance that did not come to be.</summary>
    public void ReturnInstance()
    {
        Interlocked.Decrement(ref _instanceCount);
        shared?.ReturnInstance();
    }

    /// <summary>The store is no more: gives what it took back to the budget that it was taken from too. Memories give back themselves when they are freed.</summary>
    public void ReturnToShared()
    {
        if (shared is null) return;
        shared.ReturnTable(Interlocked.Exchange(ref _tableElementCount, 0));
        for (ulong count = Interlocked.Exchange(ref _instanceCount, 0); count > 0; count--) shared.ReturnInstance();
    }

    /// <summary>The error for a request that is refused before any code runs.</summary>
    public static ExhaustionException Exhausted(string detail) => new(ExhaustionKind.Heap, detail);

    private static bool TryTake(ref ulong used, ulong amount, ulong limit)
    {
        ulong before = Volatile.Read(ref used);
        while (true)
        {
            if (before > limit || amount > limit - before) return false;
            ulong seen = Interlocked.CompareExchange(ref used, before + amount, before);
            if (seen == before) return true;
            before = seen;
        }
    }
}
