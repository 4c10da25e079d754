using System.Collections;

namespace Nacre.Cli.Running;

/// <summary>An environment variable, as <c>--env K=V</c> or <c>--env K</c> tells.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Value">Its value; null to hand on this process's.</param>
internal sealed record Variable(string Name, string? Value)
{
    /// <summary>Reads the value of the option; false when there is no name.</summary>
    public static bool TryParse(string text, out Variable variable)
    {
        int nameLength = text.IndexOf('=', StringComparison.Ordinal);
        variable = nameLength < 0 ? new Variable(text, null) : new Variable(text[..nameLength], text[(nameLength + 1)..]);
        return variable.Name.Length > 0;
    }

    /// <summary>The guest's environment: what is handed on, then what is given, where a later value takes the place of an earlier one.</summary>
    public static IReadOnlyCollection<KeyValuePair<string, string>> All(Variable[] variables, bool inheritsAll)
    {
        var all = new OrderedDictionary<string, string>();
        if (inheritsAll)
        {
            foreach (DictionaryEntry entry in Environment.GetEnvironmentVariables())
                if (entry is { Key: string { Length: > 0 } name, Value: string value } && !name.Contains('=', StringComparison.Ordinal)) all[name] = value;
        }
        foreach (Variable variable in variables)
            if ((variable.Value ?? Environment.GetEnvironmentVariable(variable.Name)) is { } value) all[variable.Name] = value;
        return all;
    }
}
