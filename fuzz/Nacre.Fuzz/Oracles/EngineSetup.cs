using Nacre.Syntax;

namespace Nacre.Fuzz.Oracles;

/// <summary>One way to run a module.</summary>
internal sealed record EngineSetup(EngineKind Kind, MemoryStrategy Memory)
{
    /// <summary>All ways; the first is what the others are compared with.</summary>
    public static readonly EngineSetup[] All =
    [
        new(EngineKind.Interpreter, MemoryStrategy.Explicit),
        new(EngineKind.Compiler, MemoryStrategy.Explicit),
        new(EngineKind.Compiler, MemoryStrategy.Guard),
    ];

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
    };

    /// <summary>The setup in messages.</summary>
    public override string ToString() => $"{Kind}/{Memory}";
}
