using System.Text.Unicode;

namespace Nacre.Text;

internal sealed partial class Lexer
{
    // The longest run of word characters and strings. Only a string alone, a name with its dollar, a number or a word is a token.
    private void ReadWord()
    {
        int start = _at, stringCount = 0, at = _at;
        while (at < _text.Length)
        {
            if (_text[at] == '"')
            {
                if (StringLiteral.Scan(_text, at, out int endOfString) is { } error)
                {
                    bool isName = at == start + 1 && _text[start] == '$' && error != LexicalError.MalformedUtf8;
                    Stop(isName ? LexicalError.EmptyIdentifier : error, isName ? start : endOfString);
                    return;
                }
                stringCount++;
                at = endOfString;
            }
            else
            {
                int end = EndOfWord(at);
                if (end == at) break;
                at = end;
            }
        }
        MoveTo(at);
        if (_at == at) Classify(start, at - start, stringCount);
    }

    private void Classify(int start, int length, int stringCount)
    {
        ReadOnlySpan<byte> word = _text.AsSpan(start, length);
        byte first = word[0];
        if (first == '$')
        {
            AddId(word, start, stringCount);
        }
        else if (stringCount > 0)
        {
            bool isAlone = stringCount == 1 && first == '"' && word[^1] == '"';
            Add(isAlone ? TokenKind.String : TokenKind.Error, start, length, (int)LexicalError.UnknownOperator);
        }
        else if (first is >= (byte)'a' and <= (byte)'z')
        {
            AddKeyword(word, start);
        }
        else
        {
            bool isNumber = first is (>= (byte)'0' and <= (byte)'9') or (byte)'+' or (byte)'-';
            Add(isNumber ? NumberLiteral.Classify(word) : TokenKind.Error, start, length, (int)LexicalError.UnknownOperator);
        }
    }

    private void AddKeyword(ReadOnlySpan<byte> word, int start)
    {
        int found = Words.Find(word);
        if (found >= 0) Add(TokenKind.Keyword, start, word.Length, found);
        else Add(KindOfUnknown(word), start, word.Length, (int)LexicalError.UnknownOperator);
    }

    private static TokenKind KindOfUnknown(ReadOnlySpan<byte> word)
    {
        if (word[0] is (byte)'i' or (byte)'n') return NumberLiteral.Classify(word);
        if (word.StartsWith("offset="u8)) return NatAfter("offset=".Length, word, TokenKind.Offset);
        if (word.StartsWith("align="u8)) return NatAfter("align=".Length, word, TokenKind.Align);
        return TokenKind.Error;
    }

    private static TokenKind NatAfter(int prefixLength, ReadOnlySpan<byte> word, TokenKind kind)
        => word.Length > prefixLength && NumberLiteral.Classify(word[prefixLength..]) == TokenKind.Nat ? kind : TokenKind.Error;

    private void AddId(ReadOnlySpan<byte> word, int start, int stringCount)
    {
        ReadOnlySpan<byte> name = word[1..];
        bool isQuoted = stringCount == 1 && name[0] == '"' && name[^1] == '"';
        if (stringCount > 0 && !isQuoted)
        {
            Add(TokenKind.Error, start, word.Length, (int)LexicalError.UnknownOperator);
            return;
        }
        if (isQuoted) name = StringLiteral.Decode(name);
        if (name.IsEmpty) Stop(LexicalError.EmptyIdentifier, start);
        else if (isQuoted && !Utf8.IsValid(name)) Stop(LexicalError.MalformedUtf8, start);
        else Add(TokenKind.Id, start, word.Length, _symbols.Intern(name));
    }
}
