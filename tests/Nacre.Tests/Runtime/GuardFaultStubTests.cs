using System.Runtime.InteropServices;
using Nacre.Runtime;
using Nacre.Tests.Support;

namespace Nacre.Tests.Runtime;

/// <summary>The stub, called like a function: with a made-up <c>siginfo_t</c>, and a next handler that remembers what it got.</summary>
public unsafe class GuardFaultStubTests
{
    private const nint Arena = 0x4000_0000, Reported = 0xFFF;
    private const int ArenaByteCount = 1 << 28;
    private const int AccessError = 2, MapError = 1, SentByUser = 0;

    [ThreadStatic] private static (int Signal, nint Info, nint Context) t_passedOn;

    [GuardPagesFact]
    public void Inaccessible_addresses_of_the_arena_are_reported_as_the_one_in_the_first_page()
    {
        Assert.Equal(Reported, Run(AccessError, Arena));
        Assert.Equal(Reported, Run(AccessError, Arena + ArenaByteCount - 1));
    }

    [GuardPagesFact]
    public void Any_other_fault_is_passed_on_as_it_is()
    {
        foreach (nint address in new nint[] { 0, 8, Arena - 1, Arena + ArenaByteCount, nint.MaxValue, nint.MinValue, -1 })
            Assert.Equal(address, Run(AccessError, address));
        Assert.Equal(Arena, Run(MapError, Arena));
        Assert.Equal(Arena, Run(SentByUser, Arena));
    }

    private static nint Run(int code, nint address)
    {
        // Safe: the page is large enough for the stub, and is unmapped only after it has returned.
        nint page = UnixCalls.Map((ulong)Environment.SystemPageSize, UnixCalls.ProtectReadWrite);
        byte[] stub = GuardFaultStub.Make(Arena, ArenaByteCount, Reported, (nint)(delegate* unmanaged<int, nint, nint, void>)&Remember);
        stub.CopyTo(new Span<byte>((void*)page, stub.Length));
        Assert.Equal(0, UnixCalls.Protect(page, (nuint)Environment.SystemPageSize, UnixCalls.ProtectReadExecute));
        nint* info = stackalloc nint[16];
        info[1] = code;
        info[2] = address;
        ((delegate* unmanaged<int, nint, nint, void>)page)(11, (nint)info, 77);
        Assert.Equal((11, (nint)info, 77), t_passedOn);
        Assert.Equal(0, UnixCalls.Unmap(page, (nuint)Environment.SystemPageSize));
        return info[2];
    }

    [UnmanagedCallersOnly]
    private static void Remember(int signal, nint info, nint context) => t_passedOn = (signal, info, context);
}
