using Nacre.Compiler;
using Nacre.Syntax;

namespace Nacre.Fuzz.Oracles;

/// <summary>One way to run a module.</summary>
/// <param name="Kind">The engine.</param>
/// <param name="Memory">How accesses are kept inside of memories.</param>
/// <param name="Cut">How large the pieces are that functions of any size are cut into, with nothing left to be inlined; empty when they are not.</param>
internal sealed record EngineSetup(EngineKind Kind, MemoryStrategy Memory, string Cut = "")
{
    /// <summary>All ways; the first is what the others are compared with.</summary>
    public static readonly EngineSetup[] All =
    [
        new(EngineKind.Interpreter, MemoryStrategy.Explicit),
        new(EngineKind.Compiler, MemoryStrategy.Explicit),
        new(EngineKind.Compiler, MemoryStrategy.Guard),
        new(EngineKind.Compiler, MemoryStrategy.Guard, Smallest),
        new(EngineKind.Compiler, MemoryStrategy.Guard, Small),
    ];

    private const string Smallest = "smallest", Small = "small";

    /// <summary>
    /// The ways in which the module with the number is run: only every fourth is cut, which costs as much as all else, in turns as finely as
    /// can be and with pieces of several statements.
    /// </summary>
    public static EngineSetup[] For(ulong number)
        => Array.FindAll(All, setup => setup.Cut.Length == 0 || (number % 8) == (setup.Cut == Smallest ? 0u : 4u));

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
        SplitLimits = Cut switch { Smallest => SplitLimits.Smallest, Small => SplitLimits.Small, _ => SplitLimits.Default },
    };

    /// <summary>The setup in messages.</summary>
    public override string ToString() => $"{Kind}/{Memory}{(Cut.Length > 0 ? $"/{Cut} pieces" : "")}";
}
