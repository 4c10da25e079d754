namespace Nacre;

/// <summary>A place in a text.</summary>
/// <param name="FileName">The file; null when the text came from elsewhere.</param>
/// <param name="Line">The line, counted from 1.</param>
/// <param name="Column">The character within the line, counted from 1.</param>
public readonly record struct TextPosition(string? FileName, int Line, int Column)
{
    /// <summary>The place as <c>file:line:column</c>, or without a file <c>line 3, column 7</c>.</summary>
    public override string ToString() => FileName is null ? $"line {Line}, column {Column}" : $"{FileName}:{Line}:{Column}";
}
