using System.CommandLine;
using System.Net;
using Nacre.Cli.Verbs;

namespace Nacre.Cli.Running;

/// <summary>The options of <c>nacre run</c>: what they are called, and what they ask for.</summary>
internal sealed class RunOptions
{
    private const string Wasi = "wasi";

    private readonly Option<string?> _invoke = new("--invoke")
    {
        HelpName = "NAME",
        Description = "Call this exported function and print its results, instead of running the program.",
    };

    private readonly Option<Mount[]> _mounts = TypedOption.Several<Mount>(
        "--dir", "HOST[::GUEST][:ro]", "Let the guest see a directory, as GUEST or under the same path; with ':ro' it may only read there.",
        "HOST[::GUEST][:ro]", Mount.TryParse);

    private readonly Option<Variable[]> _environment = TypedOption.Several<Variable>(
        "--env", "K=V", "Give the guest an environment variable; K alone hands on this process's.", "K=V or K", Variable.TryParse);

    private readonly Option<bool> _inheritsEnvironment = new("--env-inherit") { Description = "Hand on all environment variables of this process." };

    private readonly Option<string?> _standardInput = new("--stdin") { HelpName = "FILE", Description = "What the guest reads as its standard input." };

    private readonly Option<bool> _noStandardStreams = new("--no-inherit-stdio")
    {
        Description = "Keep this process's standard streams from the guest: its input is empty, its output goes nowhere.",
    };

    private readonly Option<IPEndPoint[]> _listeners = TypedOption.Several<IPEndPoint>(
        "--listen", "ADDRESS:PORT", "Let the guest take connections at an address; the descriptor is the next after those of --dir.",
        "ADDRESS:PORT, such as 127.0.0.1:8080", TryParseEndPoint);

    private readonly Option<TimeSpan?> _timeout = TypedOption.Of<TimeSpan>(
        "--timeout", "TIME", "Stop the guest after a time.", "a time, such as 500ms, 10s or 2m", Quantity.TryParseDuration);

    private readonly Option<ulong?> _fuel = TypedOption.Of<ulong>(
        "--fuel", "UNITS", "Stop the guest after so many units of fuel, about one for each instruction.", "a number", Quantity.TryParseCount);

    private readonly Option<ulong?> _maximumMemory = TypedOption.Of<ulong>(
        "--max-memory", "SIZE", "How large the guest's memories may become together.", "a size, such as 64MiB or 2GiB", Quantity.TryParseByteCount);

    private readonly Option<ulong?> _maximumOpenFiles = TypedOption.Of<ulong>(
        "--max-open-files", "COUNT", "How many descriptors the guest may have open, the three standard streams among them.",
        "a number of at least 3", static (string text, out ulong count) => Quantity.TryParseCount(text, out count) && count is >= 3 and <= int.MaxValue);

    private readonly Option<ulong?> _threads = TypedOption.Of<ulong>(
        "--threads", "COUNT", "Let the guest have up to so many threads beside its first (wasi-threads).",
        "a number of at least 1", static (string text, out ulong count) => Quantity.TryParseCount(text, out count) && count is >= 1 and <= 65536);

    private readonly Option<string?> _trace = new("--trace")
    {
        HelpName = Wasi,
        Description = "Show each call of a WASI function on standard error, with its arguments and its answer.",
    };

    private readonly Option<string> _engine = EngineChoice.Define("What runs the guest's code.");

    private readonly Option<string> _memory = MemoryOption.Define();

    private readonly Option<bool> _canonicalNaNs = new("--canonical-nans")
    {
        Description = "Let float arithmetic give only the canonical NaN, so that a run is the same on every machine.",
    };

    private readonly Option<bool> _perfMap = new("--perf-map")
    {
        Description = "Tell Linux perf the names of the guest's compiled functions, in /tmp/perf-PID.map.",
    };

    /// <summary>Adds all options to the verb.</summary>
    public void AddTo(Command verb)
    {
        _trace.AcceptOnlyFromAmong(Wasi);
        Option[] options =
        [
            _invoke, _mounts, _environment, _inheritsEnvironment, _standardInput, _noStandardStreams, _listeners, _timeout, _fuel, _maximumMemory,
            _maximumOpenFiles, _threads, _trace, _engine, _memory, _canonicalNaNs, _perfMap,
        ];
        foreach (Option option in options) verb.Options.Add(option);
    }

    /// <summary>Whether the tool is to tell perf names.</summary>
    public bool WantsPerfMap(ParseResult parsed) => parsed.GetValue(_perfMap);

    /// <summary>What the command line asks for.</summary>
    public RunRequest RequestOf(ParseResult parsed, string file, string[] guestArguments) => new(file)
    {
        GuestArguments = guestArguments,
        Invoke = parsed.GetValue(_invoke),
        Mounts = parsed.GetValue(_mounts) ?? [],
        Environment = Variable.All(parsed.GetValue(_environment) ?? [], parsed.GetValue(_inheritsEnvironment)),
        StandardInput = parsed.GetValue(_standardInput),
        InheritsStandardStreams = !parsed.GetValue(_noStandardStreams),
        Listeners = parsed.GetValue(_listeners) ?? [],
        Timeout = parsed.GetValue(_timeout),
        Fuel = (long?)parsed.GetValue(_fuel),
        MaximumMemoryByteCount = parsed.GetValue(_maximumMemory),
        MaximumOpenFileCount = (int?)parsed.GetValue(_maximumOpenFiles),
        MaximumThreadCount = (int?)parsed.GetValue(_threads),
        TracesWasi = parsed.GetValue(_trace) is not null,
        MemoryStrategy = MemoryOption.ValueOf(parsed, _memory),
        CanonicalizesNaNs = parsed.GetValue(_canonicalNaNs),
        Engine = EngineChoice.Of(parsed.GetValue(_engine)),
    };

    private static bool TryParseEndPoint(string text, out IPEndPoint endPoint)
    {
        bool isEndPoint = IPEndPoint.TryParse(text, out IPEndPoint? found) && text.Contains(':', StringComparison.Ordinal);
        endPoint = found!;
        return isEndPoint;
    }
}
