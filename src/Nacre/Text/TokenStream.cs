namespace Nacre.Text;

/// <summary>An annotation that means something to Nacre.</summary>
/// <param name="Kind">Which it is.</param>
/// <param name="Start">Where it begins, in bytes from the beginning of the text.</param>
/// <param name="At">The number of the token that it stands before.</param>
/// <param name="Contents">What is between its name and its closing parenthesis, ended by that parenthesis.</param>
internal sealed record Annotation(AnnotationKind Kind, int Start, int At, Token[] Contents)
{
    /// <summary>Whether a parser met it where it may stand.</summary>
    public bool IsUsed { get; set; }
}

/// <summary>The annotations that mean something to Nacre; others are passed over.</summary>
/// <remarks>Spec: Appendix, Custom Sections; the branch hinting proposal.</remarks>
internal enum AnnotationKind
{
    None,
    Custom,
    Name,
    BranchHint,
}

/// <summary>A text cut into tokens, without spaces, comments and annotations. The last token is <see cref="TokenKind.End"/>.</summary>
/// <param name="Source">The text.</param>
/// <param name="Tokens">The tokens; only the first <paramref name="Count"/> count.</param>
/// <param name="Count">Number of tokens.</param>
/// <param name="Symbols">The identifiers.</param>
/// <param name="Annotations">The annotations that mean something, in the order of the text.</param>
internal sealed record TokenStream(TextSource Source, Token[] Tokens, int Count, SymbolTable Symbols, Annotation[] Annotations)
{
    /// <summary>The bytes of a token.</summary>
    public ReadOnlySpan<byte> TextOf(Token token) => Source.Bytes.AsSpan(token.Start, token.Length);
}
