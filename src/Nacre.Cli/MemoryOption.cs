using System.CommandLine;

namespace Nacre.Cli;

/// <summary>The option <c>--memory</c> of the verbs that run code.</summary>
internal static class MemoryOption
{
    private const string Auto = "auto", Guard = "guard", Explicit = "explicit";

    public static Option<string> Define()
    {
        var option = new Option<string>("--memory") { Description = "How accesses to linear memory are kept inside it.", DefaultValueFactory = static _ => Auto };
        option.AcceptOnlyFromAmong(Auto, Guard, Explicit);
        option.Validators.Add(static result =>
        {
            if (result.Tokens is [{ Value: Guard }] && !IsAvailable())
                result.AddError("There are no guard pages on this platform: leave --memory out.");
        });
        return option;
    }

    /// <summary>What the command line asks for.</summary>
    public static MemoryStrategy ValueOf(ParseResult parsed, Option<string> option) => parsed.GetValue(option) switch
    {
        Guard => MemoryStrategy.Guard,
        Explicit => MemoryStrategy.Explicit,
        _ => MemoryStrategy.Auto,
    };

    // An engine would fall back silently; who names a strategy wants to measure or test it.
    private static bool IsAvailable()
    {
        using var engine = new Engine(new EngineOptions { MemoryStrategy = MemoryStrategy.Guard });
        return engine.MemoryStrategy == MemoryStrategy.Guard;
    }
}
