using System.CommandLine;
using System.CommandLine.Parsing;
using Nacre.Cli.Platform;
using Nacre.Cli.Verbs;

namespace Nacre.Cli;

/// <summary>The command line: its verbs, and what is said when it is wrong.</summary>
internal static class CommandLine
{
    private const string EndOfOptions = "--";

    /// <summary>Parses the arguments and does what they ask for.</summary>
    /// <returns>The exit code of the process.</returns>
    public static int Execute(string[] arguments)
    {
        Command run = RunVerb.Define();
        var root = new RootCommand("Nacre, the WebAssembly runtime for .NET.")
        {
            run, ValidateVerb.Define(), InspectVerb.Define(), ParseVerb.Define(), PrintVerb.Define(), WastVerb.Define(),
        };
        using TextWriter output = Host.OpenOutputText();
        using TextWriter error = Host.OpenErrorText();

        // An argument that begins with '@' is a file's name like any other.
        var syntax = new ParserConfiguration { ResponseFileTokenReplacer = null };
        ParseResult parsed = root.Parse(EndOptionsAtFile(run, arguments), syntax);
        string[] mistakes = [.. UnknownOptions(parsed), .. parsed.Errors.Select(static mistake => mistake.Message)];
        return mistakes.Length == 0
            ? parsed.Invoke(new InvocationConfiguration
            {
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = null,
                Output = output,
                Error = error,
            })
            : Refuse(mistakes, parsed.CommandResult.Command, error);
    }

    /// <summary>Options after the file of <c>run</c> belong to the guest, so the parser's end of options goes before it.</summary>
    private static string[] EndOptionsAtFile(Command run, string[] arguments)
    {
        if (arguments is not [RunVerb.Name, ..]) return arguments;

        for (int index = 1; index < arguments.Length && arguments[index] != EndOfOptions; index++)
        {
            string argument = arguments[index];
            if (!argument.StartsWith('-'))
                return [.. arguments[..index], EndOfOptions, .. arguments[index..]];
            if (run.Options.Any(option => option.Name == argument && option.Arity.MinimumNumberOfValues > 0))
                index++;
        }
        return arguments;
    }

    /// <summary>What looks like an option and is none. The parser takes it for a file's name.</summary>
    private static IEnumerable<string> UnknownOptions(ParseResult parsed) => parsed.Tokens
        .TakeWhile(static token => token.Type != TokenType.DoubleDash)
        .Where(static token => token.Type == TokenType.Argument && token.Value.StartsWith('-'))
        .Where(token => parsed.CommandResult.Command.Arguments.Any(argument => parsed.GetResult(argument)?.Tokens.Contains(token) == true))
        .Select(static token => $"There is no option '{token.Value}'.");

    private static int Refuse(string[] mistakes, Command command, TextWriter error)
    {
        foreach (string mistake in mistakes) error.WriteLine($"nacre: {mistake}");
        error.WriteLine($"Try 'nacre{(command is RootCommand ? "" : " " + command.Name)} --help'.");
        return ExitCode.Usage;
    }
}
