using System.Security.Cryptography;
using Nacre.Wasi.Preview1;

namespace Nacre.Wasi;

/// <content>Clocks and random numbers.</content>
public sealed partial class WasiPreview1
{
    private readonly Clock? _clock;
    private readonly RandomSource? _randomSource;
    private readonly Lock _drawing = new();
    private readonly long _maximumRandomByteCount;

    [HostFunction("clock_res_get")]
    private Errno ClockResGet(Caller caller, uint clockId, uint resolutionAddress)
        => _clock is not null && _clock.TryGetResolution(clockId, out ulong nanoseconds)
            ? new GuestMemory(caller.Memory).Write(resolutionAddress, nanoseconds)
            : Errno.Inval;

    [HostFunction("clock_time_get")]
    private Errno ClockTimeGet(Caller caller, uint clockId, ulong precision, uint timeAddress)
        => _clock is not null && _clock.TryGetTime(clockId, out ulong nanoseconds)
            ? new GuestMemory(caller.Memory).Write(timeAddress, nanoseconds)
            : Errno.Inval;

    [HostFunction("random_get")]
    private Errno RandomGet(Caller caller, uint address, uint byteCount)
    {
        if (byteCount > _maximumRandomByteCount) return Errno.Inval;
        if (!new GuestMemory(caller.Memory).TrySlice(address, byteCount, out Span<byte> bytes)) return Errno.Fault;
        if (_randomSource is null)
        {
            RandomNumberGenerator.Fill(bytes);
            return Errno.Success;
        }
        lock (_drawing) _randomSource(bytes);
        return Errno.Success;
    }
}
