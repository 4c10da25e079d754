namespace Nacre.Runtime;

/// <summary>How many reservations this process may have on Unix.</summary>
/// <remarks>
/// A process may have 65,530 mappings unless its administrator says otherwise, two for each memory with a reservation; the system
/// refuses any allocation beyond, those of the .NET heap included. Counted for the process, because the limit is the process's.
/// </remarks>
internal static class MappingQuota
{
    private const int MaxReservationCount = 16_000;
    private static int s_reservationCount;

    /// <summary>Takes a place; false when there is none left.</summary>
    public static bool TryTake()
    {
        if (Interlocked.Increment(ref s_reservationCount) <= MaxReservationCount) return true;
        Return();
        return false;
    }

    /// <summary>Gives a place back.</summary>
    public static void Return() => Interlocked.Decrement(ref s_reservationCount);
}
