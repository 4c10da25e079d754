using Nacre.Compiler;
using Nacre.Syntax;
using Nacre.Tiering;

namespace Nacre;

/// <summary>How an <see cref="Engine"/> reads and runs modules. Immutable.</summary>
public sealed record EngineOptions
{
    /// <summary>The smallest <see cref="StackByteCount"/> that is accepted.</summary>
    public const int MinStackByteCount = 16 * 1024;

    /// <summary>What modules may use. <see cref="Engine.Features"/> tells what is left of it on the chosen engine.</summary>
    public WasmFeatures Features { get; init; } = WasmFeatures.Standard;

    /// <summary>What runs the code.</summary>
    public EngineKind Kind { get; init; } = EngineKind.Auto;

    /// <summary>How accesses to linear memory are kept inside it.</summary>
    public MemoryStrategy MemoryStrategy { get; init; } = MemoryStrategy.Auto;

    /// <summary>What the guests of a store may have, unless the store is created with limits of its own.</summary>
    public StoreLimits Limits { get; init; } = StoreLimits.None;

    /// <summary>Bytes of stack for the guests of one store. A guest that needs more ends with <see cref="ExhaustionException"/>.</summary>
    /// <remarks>
    /// The interpreter has a stack of its own of this size. Compiled code runs on the calling thread's, and may use so much of it as this
    /// allows and the thread has left; so how deep calls may go differs between the two, and on <see cref="EngineKind.Auto"/> changes when a
    /// function becomes hot. Give threads that run guests at least this much.
    /// </remarks>
    public int StackByteCount { get; init; } = 1024 * 1024;

#pragma warning disable RS0030 // The one place where the host's own clock is what a guest gets unless told otherwise.
    /// <summary>Measures how long <c>memory.atomic.wait</c> waits at most.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;
#pragma warning restore RS0030

    /// <summary>Whether code is metered: it then runs only while <see cref="Store.Fuel"/> lasts, and somewhat slower.</summary>
    public bool ConsumeFuel { get; init; }

    /// <summary>Whether running code can be stopped by <see cref="Store.Interrupt"/> and <see cref="Store.CancellationToken"/>; it then runs slightly slower.</summary>
    public bool Interruptible { get; init; }

    /// <summary>Whether every NaN that float arithmetic gives is the canonical one, with a positive sign, whatever the machine; code then runs somewhat slower.</summary>
    /// <remarks>
    /// NaNs that a guest loads, is given, or builds from bits stay what they are, as does what <c>neg</c>, <c>abs</c>, <c>copysign</c>,
    /// <c>pmin</c> and <c>pmax</c> hand on. Spec: Appendix, Profiles, Deterministic Profile.
    /// </remarks>
    public bool CanonicalizeNaNs { get; init; }

    /// <summary>When <see cref="EngineKind.Auto"/> compiles what.</summary>
    internal TieringOptions Tiering { get; init; } = TieringOptions.Default;

    // From which size on functions are compiled in pieces; tests have everything cut.
    internal SplitLimits SplitLimits { get; init; } = SplitLimits.Default;
}
