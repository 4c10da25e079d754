using Nacre.Compiler;
using Nacre.Syntax;

namespace Nacre.Fuzz.Oracles;

/// <summary>One way to run a module.</summary>
/// <param name="Kind">The engine.</param>
/// <param name="Memory">How accesses are kept inside of memories.</param>
/// <param name="IsCut">Whether functions are cut wherever they can be, and nothing is left to be inlined.</param>
internal sealed record EngineSetup(EngineKind Kind, MemoryStrategy Memory, bool IsCut = false)
{
    /// <summary>All ways; the first is what the others are compared with.</summary>
    public static readonly EngineSetup[] All =
    [
        new(EngineKind.Interpreter, MemoryStrategy.Explicit),
        new(EngineKind.Compiler, MemoryStrategy.Explicit),
        new(EngineKind.Compiler, MemoryStrategy.Guard),
        new(EngineKind.Compiler, MemoryStrategy.Guard, IsCut: true),
    ];

    /// <summary>The ways in which the module with the number is run: only every fourth is cut, which costs as much as all else.</summary>
    public static ReadOnlySpan<EngineSetup> For(ulong number) => number % 4 == 0 ? All : All.AsSpan()[..^1];

    private static readonly StoreLimits s_limits = new() { MaxMemoryByteCount = 4 << 20, MaxTableElementCount = 10_000 };

    /// <summary>The engine of this setup.</summary>
    public EngineOptions Options(bool consumesFuel, bool isInterruptible) => new()
    {
        Features = WasmFeatures.All,
        Kind = Kind,
        MemoryStrategy = Memory,
        ConsumeFuel = consumesFuel,
        Interruptible = isInterruptible,
        Limits = s_limits,
        SplitLimits = IsCut ? SplitLimits.Smallest : SplitLimits.Default,
    };

    /// <summary>The setup in messages.</summary>
    public override string ToString() => $"{Kind}/{Memory}{(IsCut ? "/cut" : "")}";
}
