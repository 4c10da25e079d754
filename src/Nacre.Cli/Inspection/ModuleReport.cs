namespace Nacre.Cli.Inspection;

/// <summary>What <c>nacre inspect</c> tells about a module.</summary>
internal sealed record ModuleReport
{
    /// <summary>The file's path as it was given.</summary>
    public required string File { get; init; }

    /// <summary>The module's own name; null when it has none.</summary>
    public required string? Name { get; init; }

    /// <summary>Size of the file.</summary>
    public required int ByteCount { get; init; }

    /// <summary>The sections, in the module's order.</summary>
    public required IReadOnlyList<SectionReport> Sections { get; init; }

    /// <summary>The imports, in the module's order.</summary>
    public required IReadOnlyList<ImportReport> Imports { get; init; }

    /// <summary>The exports, in the module's order.</summary>
    public required IReadOnlyList<ExportReport> Exports { get; init; }

    /// <summary>The features the module uses, by name.</summary>
    public required IReadOnlyList<string> Features { get; init; }

    /// <summary>The functions with the longest bodies, the longest first.</summary>
    public required IReadOnlyList<FunctionReport> BiggestFunctions { get; init; }
}

/// <summary>A section: its name, a custom section's own name, and the place and size of its contents.</summary>
internal sealed record SectionReport(string Section, string? CustomName, int ByteOffset, int ByteCount, int? ItemCount);

/// <summary>An import: two names, its kind and its type as text.</summary>
internal sealed record ImportReport(string Module, string Name, string Kind, string Type);

/// <summary>An export: its name, its kind, its index and its type as text.</summary>
internal sealed record ExportReport(string Name, string Kind, uint Index, string Type);

/// <summary>A function: its index, its name if it has one, and the place and size of its instructions.</summary>
internal sealed record FunctionReport(uint Index, string? Name, int ByteOffset, int ByteCount);
