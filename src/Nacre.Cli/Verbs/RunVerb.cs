using System.CommandLine;
using Nacre.Cli.Platform;
using Nacre.Syntax;
using Nacre.Wasi;

namespace Nacre.Cli.Verbs;

/// <summary><c>nacre run</c>: runs a program, or calls one of a module's exported functions.</summary>
internal static class RunVerb
{
    public const string Name = "run";

    // Read by the .NET runtime at its start.
    private const string PerfMap = "DOTNET_PerfMapEnabled", MapOnly = "3";

    public static Command Define()
    {
        var file = new Argument<string>("FILE") { Description = "The module (.wasm or .wat). Options must come before it." };
        var guestArguments = new Argument<string[]>("ARGUMENTS")
        {
            Description = "The guest's arguments, or the operands of the function that --invoke names.",
            Arity = ArgumentArity.ZeroOrMore,
        };
        var invoke = new Option<string?>("--invoke")
        {
            Description = "Call this exported function and print its results, instead of running the program.",
            HelpName = "NAME",
        };
        var environment = new Option<string[]>("--env")
        {
            Description = "Give the guest an environment variable; may be repeated.",
            HelpName = "K=V",
        };
        environment.Validators.Add(static result =>
        {
            if (result.Tokens.FirstOrDefault(token => token.Value.IndexOf('=') < 1) is { } token)
                result.AddError($"--env wants K=V, not '{token.Value}'.");
        });
        Option<string> engine = EngineChoice.Define("What runs the guest's code.");

        Option<string> memory = MemoryOption.Define();
        var canonicalNaNs = new Option<bool>("--canonical-nans") { Description = "Have float arithmetic give the same NaN on every machine; somewhat slower." };
        var perfMap = new Option<bool>("--perf-map") { Description = "Tell Linux perf the names of the guest's compiled functions, in /tmp/perf-PID.map." };
        var verb = new Command(Name, "Runs a WebAssembly program, or calls a function of a module.")
        {
            file, guestArguments, invoke, environment, engine, memory, canonicalNaNs, perfMap,
        };
        verb.SetAction(parsed => parsed.GetValue(perfMap) && !Restart.IsSet(PerfMap) ? Restart.With((PerfMap, MapOnly)) : Execute(new RunRequest(parsed.GetRequiredValue(file))
        {
            GuestArguments = parsed.GetValue(guestArguments) ?? [],
            Invoke = parsed.GetValue(invoke),
            Environment = parsed.GetValue(environment) ?? [],
            MemoryStrategy = MemoryOption.ValueOf(parsed, memory),
            CanonicalizeNaNs = parsed.GetValue(canonicalNaNs),
            Engine = EngineChoice.Of(parsed.GetValue(engine)),
        }));
        return verb;
    }

    /// <summary>Runs what was asked for.</summary>
    /// <returns>The guest's exit code, or that of a failure.</returns>
    public static int Execute(RunRequest request) => Outcome.Of(request.File, () => Run(request));

    private static int Run(RunRequest request)
    {
        using var engine = new Engine(new EngineOptions
        {
            Features = WasmFeatures.All,
            Kind = request.Engine,
            MemoryStrategy = request.MemoryStrategy,
            CanonicalizeNaNs = request.CanonicalizeNaNs,
        });
        Module module = ModuleFile.Compile(engine, request.File);
        using var store = new Store(engine);
        var wasi = new WasiPreview1(Options(request));
        Instance guest = new Linker(engine).Define(wasi).Instantiate(store, module);
        return request.Invoke is null ? (int)wasi.Run(guest) : Invocation.Execute(wasi, guest, request);
    }

    private static WasiOptions Options(RunRequest request) => new()
    {
        Arguments = ProgramArguments(request),
        Environment = request.Environment.Length == 0 ? [] : Variables(request),
        StandardInput = Host.OpenInput(),
        StandardOutput = Host.OpenOutput(),
        StandardError = Host.OpenError(),
        Terminals = (Host.IsTerminal(0) ? StandardStreams.Input : 0)
            | (Host.IsTerminal(1) ? StandardStreams.Output : 0)
            | (Host.IsTerminal(2) ? StandardStreams.Error : 0),
        TimeProvider = TimeProvider.System,
    };

    private static string[] ProgramArguments(RunRequest request)
    {
        string name = FileName(request.File);
        return request.Invoke is null ? [name, .. request.GuestArguments] : [name];
    }

    private static KeyValuePair<string, string>[] Variables(RunRequest request) => Array.ConvertAll(request.Environment, ToVariable);

    private static KeyValuePair<string, string> ToVariable(string text)
    {
        int nameLength = text.IndexOf('=', StringComparison.Ordinal);
        return new(text[..nameLength], text[(nameLength + 1)..]);
    }

    // A plain loop: the first search in a text with the framework's means takes as long as instantiating a small guest.
    private static string FileName(string path)
    {
        int start = path.Length;
        while (start > 0 && path[start - 1] != Path.DirectorySeparatorChar && path[start - 1] != Path.AltDirectorySeparatorChar) start--;
        return path[start..];
    }
}
