namespace Nacre.Text;

/// <summary>What a token is.</summary>
internal enum TokenKind : byte
{
    /// <summary>The text is used up.</summary>
    End,
    /// <summary><c>(</c>; <see cref="Token.Data"/> is the number of the matching token, or -1.</summary>
    LeftParen,
    /// <summary><c>)</c>; <see cref="Token.Data"/> is the number of the matching token, or -1.</summary>
    RightParen,
    /// <summary>A string in quotes.</summary>
    String,
    /// <summary><c>$name</c> or <c>$"name"</c>; <see cref="Token.Data"/> is its number in the <see cref="SymbolTable"/>.</summary>
    Id,
    /// <summary>An integer without sign.</summary>
    Nat,
    /// <summary>An integer with sign.</summary>
    Int,
    /// <summary>A floating-point literal that is no integer.</summary>
    Float,
    /// <summary>A word of the language; <see cref="Token.Data"/> is an opcode or a <see cref="Keyword"/>.</summary>
    Keyword,
    /// <summary><c>offset=n</c>.</summary>
    Offset,
    /// <summary><c>align=n</c>.</summary>
    Align,
    /// <summary>Something that is no token; <see cref="Token.Data"/> is a <see cref="LexicalError"/>.</summary>
    Error,
}

/// <summary>What can be wrong about a token.</summary>
internal enum LexicalError
{
    UnknownOperator,
    IllegalCharacter,
    IllegalEscape,
    MalformedUtf8,
    UnclosedString,
    UnclosedComment,
    UnclosedAnnotation,
    EmptyIdentifier,
    EmptyAnnotationId,
    TooLarge,
}

/// <summary>A token: what it is, where it lies in the text, and one number more.</summary>
/// <remarks>Spec: Text Format, Lexical Format, Tokens.</remarks>
internal readonly struct Token(TokenKind kind, int start, int length, int data)
{
    /// <summary>What it is.</summary>
    public TokenKind Kind { get; } = kind;

    /// <summary>Where it begins, in bytes from the beginning of the text.</summary>
    public int Start { get; } = start;

    /// <summary>Its length in bytes.</summary>
    public int Length { get; } = length;

    /// <summary>What this is depends on the kind.</summary>
    public int Data { get; } = data;

    /// <summary>Whether this is a literal of a number.</summary>
    public bool IsNumber => Kind is TokenKind.Nat or TokenKind.Int or TokenKind.Float;
}
