using System.Buffers;
using System.Text.Unicode;

namespace Nacre.Text;

/// <summary>Cuts a text into tokens.</summary>
/// <remarks>
/// Spec: Text Format, Lexical Format. Nothing is thrown here: what is no token becomes a token of kind <see cref="TokenKind.Error"/>,
/// and whoever comes across it reports it. An unknown word is one, and the text goes on after it; anything else ends the text.
/// Nesting is followed without recursion.
/// </remarks>
internal sealed partial class Lexer
{
    // The tokens of a larger text would not fit into an array.
    private const int LargestText = 1 << 29;

    // The characters of words from ! to ~: all but " ( ) , ; [ ] { }
    private static readonly bool[] s_isIdCharacter = BuildIdCharacters();

    private readonly byte[] _text;
    private readonly int _firstMalformed;      // of UTF-8, or the length of the text
    private readonly SymbolTable _symbols = new();
    private readonly List<Annotation> _annotations = [];
    private readonly Stack<Open> _open = new();
    private Token[] _tokens;
    private int _count;
    private int _at;

    private Lexer(TextSource source)
    {
        _text = source.Bytes;
        _tokens = new Token[(Math.Min(_text.Length, LargestText) / 4) + 16];
        _firstMalformed = Utf8.IsValid(_text) ? _text.Length : FirstMalformed(_text);
    }

    /// <summary>Cuts a text into tokens.</summary>
    public static TokenStream Lex(TextSource source)
    {
        var lexer = new Lexer(source);
        lexer.Run();
        return new TokenStream(source, lexer._tokens, lexer._count, lexer._symbols, [.. lexer._annotations]);
    }

    private void Run()
    {
        if (_text.Length > LargestText) Stop(LexicalError.TooLarge, 0);
        while (_at < _text.Length)
        {
            if (_text[_at] is (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t') _at++;
            else ReadOne();
        }
        if (_count == 0 || _tokens[_count - 1].Kind != TokenKind.Error) Finish();
        Add(TokenKind.End, _text.Length, 0, 0);
    }

    private void ReadOne()
    {
        byte unit = _text[_at];
        switch (unit)
        {
            case (byte)'(':
                ReadOpening();
                break;
            case (byte)')':
                Close();
                break;
            case (byte)';' when Next == ';':
                SkipLine();
                break;
            case (byte)';' or (byte)',' or (byte)'[' or (byte)']' or (byte)'{' or (byte)'}':
                Add(TokenKind.Error, _at++, 1, (int)LexicalError.UnknownOperator);
                break;
            case (byte)'"':
                ReadWord();
                break;
            default:
                if (s_isIdCharacter[unit]) ReadWord();
                else Stop(_at >= _firstMalformed ? LexicalError.MalformedUtf8 : LexicalError.IllegalCharacter, _at);
                break;
        }
    }

    private byte Next => _at + 1 < _text.Length ? _text[_at + 1] : (byte)0;

    private void ReadOpening()
    {
        if (Next == ';')
        {
            SkipBlock();
        }
        else if (Next != '@' || !TryOpenAnnotation())
        {
            _open.Push(new Open(_count, AnnotationKind.None, IsAnnotation: false, _at));
            Add(TokenKind.LeftParen, _at++, 1, -1);
        }
    }

    private void Close()
    {
        int start = _at++;
        if (!_open.TryPop(out Open open))
        {
            Add(TokenKind.RightParen, start, 1, -1);
            return;
        }
        if (open.IsAnnotation)
        {
            CloseAnnotation(open, start);
            return;
        }
        Token left = _tokens[open.Token];
        _tokens[open.Token] = new Token(TokenKind.LeftParen, left.Start, left.Length, _count);
        Add(TokenKind.RightParen, start, 1, open.Token);
    }

    private void SkipLine()
    {
        int length = _text.AsSpan(_at).IndexOfAny((byte)'\n', (byte)'\r');
        MoveTo(length < 0 ? _text.Length : _at + length);
    }

    private void SkipBlock()
    {
        int start = _at, depth = 1, at = _at + 2;
        while (depth > 0)
        {
            int length = _text.AsSpan(at).IndexOfAny((byte)'(', (byte)';');
            if (length < 0 || at + length + 1 >= _text.Length)
            {
                MoveTo(_text.Length);
                Stop(LexicalError.UnclosedComment, start);
                return;
            }
            at += length;
            bool opens = _text[at] == '(' && _text[at + 1] == ';', closes = _text[at] == ';' && _text[at + 1] == ')';
            depth += opens ? 1 : closes ? -1 : 0;
            at += opens || closes ? 2 : 1;
        }
        MoveTo(at);
    }

    // Passes over text of any contents, which still has to be UTF-8.
    private void MoveTo(int end)
    {
        if (_firstMalformed >= _at && _firstMalformed < end) Stop(LexicalError.MalformedUtf8, _firstMalformed);
        else _at = end;
    }

    // Ends the text here: what follows cannot be understood. Inside of an annotation nothing before it counts either.
    private void Stop(LexicalError error, int start)
    {
        if (_at > _text.Length) return;
        TruncateAnnotations();
        Add(TokenKind.Error, Math.Min(start, _text.Length), 0, (int)error);
        _at = _text.Length + 1;
    }

    private void Add(TokenKind kind, int start, int length, int data)
    {
        if (_count == _tokens.Length) Array.Resize(ref _tokens, _count * 2);
        _tokens[_count++] = new Token(kind, start, length, data);
    }

    private static bool[] BuildIdCharacters()
    {
        var characters = new bool[256];
        for (int unit = '!'; unit <= '~'; unit++) characters[unit] = !"\"(),;[]{}"u8.Contains((byte)unit);
        return characters;
    }

    // One past the run of word characters that begins at a place.
    private int EndOfWord(int at)
    {
        byte[] text = _text;
        bool[] isIdCharacter = s_isIdCharacter;
        while ((uint)at < (uint)text.Length && isIdCharacter[text[at]]) at++;
        return at;
    }

    private static int FirstMalformed(ReadOnlySpan<byte> text)
    {
        for (int at = 0; at < text.Length;)
        {
            OperationStatus status = System.Text.Rune.DecodeFromUtf8(text[at..], out _, out int length);
            if (status != OperationStatus.Done) return at;
            at += length;
        }
        return text.Length;
    }
}
