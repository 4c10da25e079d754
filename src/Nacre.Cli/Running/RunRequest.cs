using System.Net;

namespace Nacre.Cli.Running;

/// <summary>What <c>nacre run</c> was asked to do.</summary>
/// <param name="File">The module's file.</param>
internal sealed record RunRequest(string File)
{
    /// <summary>What follows the file on the command line: the guest's own, or the operands of <see cref="Invoke"/>.</summary>
    public string[] GuestArguments { get; init; } = [];

    /// <summary>The exported function to call instead of the program's start.</summary>
    public string? Invoke { get; init; }

    /// <summary>The guest's environment.</summary>
    public IReadOnlyCollection<KeyValuePair<string, string>> Environment { get; init; } = [];

    /// <summary>The directories that the guest sees.</summary>
    public Mount[] Mounts { get; init; } = [];

    /// <summary>The addresses that the guest takes connections at.</summary>
    public IPEndPoint[] Listeners { get; init; } = [];

    /// <summary>The file that the guest reads as its standard input.</summary>
    public string? StandardInput { get; init; }

    /// <summary>Whether the guest has this process's standard streams. Otherwise its input is empty, and its output goes nowhere.</summary>
    public bool InheritsStandardStreams { get; init; } = true;

    /// <summary>How long the guest may run.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>How many units of fuel the guest may use.</summary>
    public long? Fuel { get; init; }

    /// <summary>How many bytes its memories may have.</summary>
    public ulong? MaximumMemoryByteCount { get; init; }

    /// <summary>How many descriptors it may have open.</summary>
    public int? MaximumOpenFileCount { get; init; }

    /// <summary>How many threads it may have beside its first; none unless told, and then nothing that has to do with threads.</summary>
    public int? MaximumThreadCount { get; init; }

    /// <summary>Whether each call of a WASI function is shown.</summary>
    public bool TracesWasi { get; init; }

    /// <summary>How accesses to linear memory are kept inside it.</summary>
    public MemoryStrategy MemoryStrategy { get; init; }

    /// <summary>What runs the guest's code.</summary>
    public EngineKind Engine { get; init; }

    /// <summary>Whether NaNs of arithmetic are the same on every machine.</summary>
    public bool CanonicalizesNaNs { get; init; }
}
