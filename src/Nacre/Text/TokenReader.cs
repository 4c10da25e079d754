using System.Globalization;
using System.Text;
using System.Text.Unicode;
using Nacre.Syntax;

namespace Nacre.Text;

/// <summary>Walks the tokens of a text, and says what is wrong about them. What modules and scripts have in common.</summary>
internal abstract class TokenReader
{
    private readonly Token[] _tokens;

    /// <summary>Begins at token number <paramref name="at"/>.</summary>
    protected TokenReader(TokenStream stream, int at)
    {
        Stream = stream;
        _tokens = stream.Tokens;
        At = at;
    }

    /// <summary>The text.</summary>
    protected TokenStream Stream { get; }

    /// <summary>Number of the token at hand.</summary>
    protected int At { get; set; }

    /// <summary>The token at hand.</summary>
    protected Token Current => _tokens[At];

    /// <summary>What the token at hand is.</summary>
    protected TokenKind Kind => _tokens[At].Kind;

    /// <summary>The keyword at hand; <see cref="Keyword.None"/> when it is something else.</summary>
    protected Keyword Word => WordOf(_tokens[At]);

    /// <summary>What keyword is after the parenthesis that opens here; <see cref="Keyword.None"/> when it is something else.</summary>
    protected Keyword OpenedWord => Kind == TokenKind.LeftParen ? WordOf(_tokens[At + 1]) : Keyword.None;

    /// <summary>The token with a number.</summary>
    protected Token TokenAt(int number) => _tokens[number];

    /// <summary>The keyword that a token is.</summary>
    protected static Keyword WordOf(Token token)
        => token.Kind == TokenKind.Keyword && token.Data >= Words.FirstKeyword ? (Keyword)token.Data : Keyword.None;

    /// <summary>Whether a parenthesis opens here, followed by <paramref name="word"/>.</summary>
    protected bool IsOpened(Keyword word) => OpenedWord == word;

    /// <summary>Whether a parenthesis opens here, followed by the name of instruction <paramref name="opcode"/>.</summary>
    protected bool IsOpened(Opcode opcode) => Kind == TokenKind.LeftParen && IsOpcode(_tokens[At + 1], opcode);

    /// <summary>Whether a token is the name of an instruction.</summary>
    protected static bool IsOpcode(Token token, Opcode opcode) => token.Kind == TokenKind.Keyword && token.Data == (int)opcode;

    /// <summary>Passes over <paramref name="word"/> when it is at hand.</summary>
    protected bool TryTake(Keyword word)
    {
        if (Word != word) return false;
        At++;
        return true;
    }

    /// <summary>Passes over a parenthesis and <paramref name="word"/> when they are at hand.</summary>
    protected bool TryOpen(Keyword word)
    {
        if (!IsOpened(word)) return false;
        At += 2;
        return true;
    }

    /// <summary>Passes over a parenthesis and <paramref name="word"/>.</summary>
    protected void Open(Keyword word)
    {
        if (!TryOpen(word)) throw Unexpected($"({Words.Spelling(word)} …)");
    }

    /// <summary>Passes over a closing parenthesis.</summary>
    protected void Close()
    {
        if (Kind != TokenKind.RightParen) throw Unexpected("a closing parenthesis");
        At++;
    }

    /// <summary>The number of the token after the closing parenthesis of the one that opens at <paramref name="left"/>.</summary>
    protected int After(int left)
    {
        int right = _tokens[left].Data;
        return right < 0 ? Stream.Count - 1 : right + 1;
    }

    /// <summary>Reads an integer without sign, of 32 bits.</summary>
    protected uint ReadU32()
    {
        if (Kind != TokenKind.Nat) throw Unexpected("an integer without sign");
        Token token = _tokens[At++];
        return NumberLiteral.TryReadNat(Stream.TextOf(token), out ulong value) && value <= uint.MaxValue
            ? (uint)value
            : throw Error("i32 constant out of range", token);
    }

    /// <summary>Reads an integer without sign, of 64 bits.</summary>
    protected ulong ReadU64()
    {
        if (Kind != TokenKind.Nat) throw Unexpected("an integer without sign");
        Token token = _tokens[At++];
        return NumberLiteral.TryReadNat(Stream.TextOf(token), out ulong value) ? value : throw Error("i64 constant out of range", token);
    }

    /// <summary>Reads an integer, signed or not, of <paramref name="bitCount"/> bits.</summary>
    protected ulong ReadInt(int bitCount)
    {
        if (Kind is not (TokenKind.Nat or TokenKind.Int)) throw Unexpected($"an integer of {bitCount} bits");
        Token token = _tokens[At++];
        return NumberLiteral.TryReadInt(Stream.TextOf(token), bitCount, out ulong bits) ? bits : throw OutOfRange(token);
    }

    /// <summary>Reads a number as the bits of an <c>f32</c>.</summary>
    protected uint ReadF32()
    {
        if (!Current.IsNumber) throw Unexpected("a floating-point number");
        Token token = _tokens[At++];
        return FloatLiteral.TryReadSingle(Stream.TextOf(token), out uint bits) ? bits : throw OutOfRange(token);
    }

    /// <summary>Reads a number as the bits of an <c>f64</c>.</summary>
    protected ulong ReadF64()
    {
        if (!Current.IsNumber) throw Unexpected("a floating-point number");
        Token token = _tokens[At++];
        return FloatLiteral.TryReadDouble(Stream.TextOf(token), out ulong bits) ? bits : throw OutOfRange(token);
    }

    /// <summary>Reads a string that has to be UTF-8.</summary>
    protected string ReadName()
    {
        if (Kind != TokenKind.String) throw Unexpected("a string");
        Token token = _tokens[At++];
        byte[] bytes = StringLiteral.Decode(Stream.TextOf(token));
        return Utf8.IsValid(bytes) ? Encoding.UTF8.GetString(bytes) : throw Error("malformed UTF-8 encoding", token);
    }

    /// <summary>The identifier at hand, and goes on after it; -1 when it is something else.</summary>
    protected int TakeId() => Kind == TokenKind.Id ? _tokens[At++].Data : -1;

    /// <summary>The error that the token at hand is not what is expected here.</summary>
    /// <param name="expected">What is, for people.</param>
    protected MalformedModuleException Unexpected(string expected) => Unexpected(Current, expected);

    /// <summary>The error that a token is not what is expected.</summary>
    protected MalformedModuleException Unexpected(Token token, string expected) => token.Kind switch
    {
        TokenKind.Error => LexicalErrorAt(token),
        TokenKind.End => Error($"unexpected token: the text ends, where {expected} is expected", token),
        _ => Error($"unexpected token {Excerpt(token)}, where {expected} is expected", token),
    };

    /// <summary>The error that a number is none of the wanted type.</summary>
    protected MalformedModuleException OutOfRange(Token token) => Error($"constant out of range: {Excerpt(token)}", token);

    /// <summary>The error <paramref name="message"/> at a token.</summary>
    protected MalformedModuleException Error(string message, Token token) => Stream.Source.Error(message, token.Start);

    /// <summary>A token as it is written, for a message.</summary>
    protected string Excerpt(Token token)
    {
        const int Longest = 40;
        string text = Encoding.UTF8.GetString(Stream.TextOf(token));
        return text.Length <= Longest ? text : string.Create(CultureInfo.InvariantCulture, $"{text[..Longest]}…");
    }

    private MalformedModuleException LexicalErrorAt(Token token) => Error((LexicalError)token.Data switch
    {
        LexicalError.UnknownOperator => $"unknown operator {Excerpt(token)}",
        LexicalError.IllegalCharacter => "illegal character",
        LexicalError.IllegalEscape => "illegal escape: known are \\t \\n \\r \\\" \\' \\\\ \\hh \\u{h…}",
        LexicalError.MalformedUtf8 => "malformed UTF-8 encoding",
        LexicalError.UnclosedString => "unclosed string",
        LexicalError.UnclosedComment => "unclosed comment",
        LexicalError.UnclosedAnnotation => "unclosed annotation",
        LexicalError.EmptyIdentifier => "empty identifier",
        LexicalError.EmptyAnnotationId => "empty annotation id",
        _ => "the text is too large",
    }, token);
}
