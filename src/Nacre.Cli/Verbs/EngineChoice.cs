using System.CommandLine;

namespace Nacre.Cli.Verbs;

/// <summary>The option <c>--engine</c>.</summary>
internal static class EngineChoice
{
    private const string Auto = "auto", Interpreter = "interpreter", Compiler = "compiler";

    public static Option<string> Define(string description)
    {
        var option = new Option<string>("--engine") { Description = description, DefaultValueFactory = static _ => Auto };
        option.AcceptOnlyFromAmong(Auto, Interpreter, Compiler);
        return option;
    }

    /// <summary>The engine that the option's value names.</summary>
    public static EngineKind Of(string? value) => value switch
    {
        Interpreter => EngineKind.Interpreter,
        Compiler => EngineKind.Compiler,
        _ => EngineKind.Auto,
    };
}
