using System.CommandLine;
using System.CommandLine.Parsing;

namespace Nacre.Cli.Running;

/// <summary>Reads an option's value; false when it is none.</summary>
internal delegate bool ValueParser<T>(string text, out T value);

/// <summary>Options whose values are more than text.</summary>
internal static class TypedOption
{
    /// <summary>An option with one value.</summary>
    /// <param name="name">The option's name.</param>
    /// <param name="helpName">What its value is called.</param>
    /// <param name="description">What it does.</param>
    /// <param name="wanted">What the value has to be, for who got it wrong.</param>
    /// <param name="parser">Reads it.</param>
    public static Option<T?> Of<T>(string name, string helpName, string description, string wanted, ValueParser<T> parser)
        where T : struct
        => new(name)
        {
            HelpName = helpName,
            Description = description,
            CustomParser = result => Values(result, name, wanted, parser) is [T value] ? value : null,
        };

    /// <summary>An option that may be given several times; see <see cref="Of"/>.</summary>
    public static Option<T[]> Several<T>(string name, string helpName, string description, string wanted, ValueParser<T> parser)
        => new(name)
        {
            HelpName = helpName,
            Description = description + " May be repeated.",
            CustomParser = result => Values(result, name, wanted, parser),
            DefaultValueFactory = static _ => [],
        };

    private static T[] Values<T>(ArgumentResult result, string name, string wanted, ValueParser<T> parser)
    {
        var values = new List<T>();
        foreach (Token token in result.Tokens)
        {
            if (parser(token.Value, out T value)) values.Add(value);
            else result.AddError($"{name} wants {wanted}, not '{token.Value}'.");
        }
        return [.. values];
    }
}
