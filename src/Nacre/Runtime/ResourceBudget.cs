using Nacre.Syntax;

namespace Nacre.Runtime;

/// <summary>What is left of a store's limits. Thread-safe: a shared memory is grown from several threads.</summary>
internal sealed class ResourceBudget(StoreLimits limits)
{
    private ulong _memoryByteCount;
    private ulong _tableElementCount;
    private int _instanceCount;

    /// <summary>The limits themselves.</summary>
    public StoreLimits Limits { get; } = limits;

    /// <summary>Takes bytes of linear memory; false, and nothing taken, when that is beyond the limit.</summary>
    public bool TryTakeMemory(ulong byteCount) => TryTake(ref _memoryByteCount, byteCount, Limits.MaxMemoryByteCount);

    /// <summary>Gives back bytes that were taken.</summary>
    public void ReturnMemory(ulong byteCount) => Interlocked.Add(ref _memoryByteCount, 0 - byteCount);

    /// <summary>Takes table elements; false, and nothing taken, when that is beyond the limit.</summary>
    public bool TryTakeTable(ulong elementCount) => TryTake(ref _tableElementCount, elementCount, Limits.MaxTableElementCount);

    /// <summary>Gives back table elements that were taken.</summary>
    public void ReturnTable(ulong elementCount) => Interlocked.Add(ref _tableElementCount, 0 - elementCount);

    /// <summary>Takes a place for one more instance.</summary>
    /// <exception cref="ExhaustionException">There is none left.</exception>
    public void TakeInstance()
    {
        if (_instanceCount >= Limits.MaxInstanceCount)
            throw Exhausted($"the store may have {Limits.MaxInstanceCount} instances");
        _instanceCount++;
    }

    /// <summary>Gives back the place of an instance that did not come to be.</summary>
    public void ReturnInstance() => _instanceCount--;

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
