namespace Nacre.Text;

/// <summary>How <see cref="ModulePrinter"/> prints.</summary>
public sealed record PrintOptions
{
    /// <summary>Flat, and everything.</summary>
    public static PrintOptions Default { get; } = new();

    /// <summary>Whether operands stand inside of the instruction that takes them, instead of each instruction on a line of its own.</summary>
    public bool Fold { get; init; }

    /// <summary>Whether the locals and instructions of functions are left out.</summary>
    public bool Skeleton { get; init; }

    /// <summary>Whether each instruction follows a comment that tells where it lies, in bytes from the first byte of the module. Flat only.</summary>
    public bool ByteOffsets { get; init; }
}
