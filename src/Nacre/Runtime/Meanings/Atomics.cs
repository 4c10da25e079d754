namespace Nacre.Runtime;

// Atomic accesses, sequentially consistent: every change of memory goes through Interlocked, which is a full fence, so that an
// acquiring read suffices to load. Safe because the caller has checked that the accessed bytes lie inside the memory and that
// the address is a multiple of their number, and because the memory stays in place for the duration of the call.
internal static unsafe partial class Meanings
{
    public static int I32AtomicLoad(byte* address) => LittleEndian(Volatile.Read(ref *(int*)address));
    public static int I32AtomicLoad8U(byte* address) => Volatile.Read(ref *address);
    public static int I32AtomicLoad16U(byte* address) => (ushort)LittleEndian(Volatile.Read(ref *(short*)address));
    public static long I64AtomicLoad(byte* address) => LittleEndian(Volatile.Read(ref *(long*)address));
    public static long I64AtomicLoad8U(byte* address) => Volatile.Read(ref *address);
    public static long I64AtomicLoad16U(byte* address) => (ushort)LittleEndian(Volatile.Read(ref *(short*)address));
    public static long I64AtomicLoad32U(byte* address) => (uint)LittleEndian(Volatile.Read(ref *(int*)address));

    public static void I32AtomicStore(byte* address, int value) => Exchange((uint*)address, (uint)value);
    public static void I32AtomicStore8(byte* address, int value) => Exchange(address, (byte)value);
    public static void I32AtomicStore16(byte* address, int value) => Exchange((ushort*)address, (ushort)value);
    public static void I64AtomicStore(byte* address, long value) => Exchange((ulong*)address, (ulong)value);
    public static void I64AtomicStore8(byte* address, long value) => Exchange(address, (byte)value);
    public static void I64AtomicStore16(byte* address, long value) => Exchange((ushort*)address, (ushort)value);
    public static void I64AtomicStore32(byte* address, long value) => Exchange((uint*)address, (uint)value);

    // Read-modify-write: the result is what was found, and narrow accesses wrap operands and extend it with zeros.
    public static int I32AtomicRmwAdd(byte* address, int value) => (int)FetchAdd((uint*)address, (uint)value);
    public static int I32AtomicRmw8AddU(byte* address, int value) => Modify<byte, Addition>(address, (byte)value);
    public static int I32AtomicRmw16AddU(byte* address, int value) => Modify<ushort, Addition>((ushort*)address, (ushort)value);
    public static long I64AtomicRmwAdd(byte* address, long value) => (long)FetchAdd((ulong*)address, (ulong)value);
    public static long I64AtomicRmw8AddU(byte* address, long value) => Modify<byte, Addition>(address, (byte)value);
    public static long I64AtomicRmw16AddU(byte* address, long value) => Modify<ushort, Addition>((ushort*)address, (ushort)value);
    public static long I64AtomicRmw32AddU(byte* address, long value) => FetchAdd((uint*)address, (uint)value);

    public static int I32AtomicRmwSub(byte* address, int value) => (int)FetchAdd((uint*)address, (uint)-value);
    public static int I32AtomicRmw8SubU(byte* address, int value) => Modify<byte, Addition>(address, (byte)-value);
    public static int I32AtomicRmw16SubU(byte* address, int value) => Modify<ushort, Addition>((ushort*)address, (ushort)-value);
    public static long I64AtomicRmwSub(byte* address, long value) => (long)FetchAdd((ulong*)address, (ulong)-value);
    public static long I64AtomicRmw8SubU(byte* address, long value) => Modify<byte, Addition>(address, (byte)-value);
    public static long I64AtomicRmw16SubU(byte* address, long value) => Modify<ushort, Addition>((ushort*)address, (ushort)-value);
    public static long I64AtomicRmw32SubU(byte* address, long value) => FetchAdd((uint*)address, (uint)-value);

    public static int I32AtomicRmwAnd(byte* address, int value) => (int)FetchAnd((uint*)address, (uint)value);
    public static int I32AtomicRmw8AndU(byte* address, int value) => Modify<byte, Conjunction>(address, (byte)value);
    public static int I32AtomicRmw16AndU(byte* address, int value) => Modify<ushort, Conjunction>((ushort*)address, (ushort)value);
    public static long I64AtomicRmwAnd(byte* address, long value) => (long)FetchAnd((ulong*)address, (ulong)value);
    public static long I64AtomicRmw8AndU(byte* address, long value) => Modify<byte, Conjunction>(address, (byte)value);
    public static long I64AtomicRmw16AndU(byte* address, long value) => Modify<ushort, Conjunction>((ushort*)address, (ushort)value);
    public static long I64AtomicRmw32AndU(byte* address, long value) => FetchAnd((uint*)address, (uint)value);

    public static int I32AtomicRmwOr(byte* address, int value) => (int)FetchOr((uint*)address, (uint)value);
    public static int I32AtomicRmw8OrU(byte* address, int value) => Modify<byte, Disjunction>(address, (byte)value);
    public static int I32AtomicRmw16OrU(byte* address, int value) => Modify<ushort, Disjunction>((ushort*)address, (ushort)value);
    public static long I64AtomicRmwOr(byte* address, long value) => (long)FetchOr((ulong*)address, (ulong)value);
    public static long I64AtomicRmw8OrU(byte* address, long value) => Modify<byte, Disjunction>(address, (byte)value);
    public static long I64AtomicRmw16OrU(byte* address, long value) => Modify<ushort, Disjunction>((ushort*)address, (ushort)value);
    public static long I64AtomicRmw32OrU(byte* address, long value) => FetchOr((uint*)address, (uint)value);

    public static int I32AtomicRmwXor(byte* address, int value) => (int)Modify<uint, ExclusiveDisjunction>((uint*)address, (uint)value);
    public static int I32AtomicRmw8XorU(byte* address, int value) => Modify<byte, ExclusiveDisjunction>(address, (byte)value);
    public static int I32AtomicRmw16XorU(byte* address, int value) => Modify<ushort, ExclusiveDisjunction>((ushort*)address, (ushort)value);
    public static long I64AtomicRmwXor(byte* address, long value) => (long)Modify<ulong, ExclusiveDisjunction>((ulong*)address, (ulong)value);
    public static long I64AtomicRmw8XorU(byte* address, long value) => Modify<byte, ExclusiveDisjunction>(address, (byte)value);
    public static long I64AtomicRmw16XorU(byte* address, long value) => Modify<ushort, ExclusiveDisjunction>((ushort*)address, (ushort)value);
    public static long I64AtomicRmw32XorU(byte* address, long value) => Modify<uint, ExclusiveDisjunction>((uint*)address, (uint)value);

    public static int I32AtomicRmwXchg(byte* address, int value) => (int)Exchange((uint*)address, (uint)value);
    public static int I32AtomicRmw8XchgU(byte* address, int value) => Exchange(address, (byte)value);
    public static int I32AtomicRmw16XchgU(byte* address, int value) => Exchange((ushort*)address, (ushort)value);
    public static long I64AtomicRmwXchg(byte* address, long value) => (long)Exchange((ulong*)address, (ulong)value);
    public static long I64AtomicRmw8XchgU(byte* address, long value) => Exchange(address, (byte)value);
    public static long I64AtomicRmw16XchgU(byte* address, long value) => Exchange((ushort*)address, (ushort)value);
    public static long I64AtomicRmw32XchgU(byte* address, long value) => Exchange((uint*)address, (uint)value);

    public static int I32AtomicRmwCmpxchg(byte* address, int expected, int replacement) =>
        (int)CompareExchange((uint*)address, (uint)expected, (uint)replacement);
    public static int I32AtomicRmw8CmpxchgU(byte* address, int expected, int replacement) =>
        CompareExchange(address, (byte)expected, (byte)replacement);
    public static int I32AtomicRmw16CmpxchgU(byte* address, int expected, int replacement) =>
        CompareExchange((ushort*)address, (ushort)expected, (ushort)replacement);
    public static long I64AtomicRmwCmpxchg(byte* address, long expected, long replacement) =>
        (long)CompareExchange((ulong*)address, (ulong)expected, (ulong)replacement);
    public static long I64AtomicRmw8CmpxchgU(byte* address, long expected, long replacement) =>
        CompareExchange(address, (byte)expected, (byte)replacement);
    public static long I64AtomicRmw16CmpxchgU(byte* address, long expected, long replacement) =>
        CompareExchange((ushort*)address, (ushort)expected, (ushort)replacement);
    public static long I64AtomicRmw32CmpxchgU(byte* address, long expected, long replacement) =>
        CompareExchange((uint*)address, (uint)expected, (uint)replacement);
}
