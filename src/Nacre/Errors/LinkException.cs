namespace Nacre;

/// <summary>A module cannot be instantiated: an import is missing or of another type.</summary>
/// <remarks>Spec: Execution, Modules, Instantiation.</remarks>
public sealed class LinkException : WasmException
{
    /// <summary>Reports what cannot be linked.</summary>
    /// <param name="message">The suite's wording, then details.</param>
    /// <param name="module">The first name of the import in question.</param>
    /// <param name="name">The second name of the import in question.</param>
    public LinkException(string message, string? module = null, string? name = null)
        : base(message)
    {
        Module = module;
        Name = name;
    }

    /// <summary>The first name of the import in question; null when none is.</summary>
    public string? Module { get; }

    /// <summary>The second name of the import in question; null when none is.</summary>
    public string? Name { get; }
}
