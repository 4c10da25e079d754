using System.Text.Unicode;

namespace Nacre.Text;

internal sealed partial class Lexer
{
    /// <summary>A parenthesis or annotation that is open.</summary>
    /// <param name="Token">Number of the token it is, or of the first token inside.</param>
    /// <param name="Annotation">Which annotation it is.</param>
    /// <param name="IsAnnotation">Whether it is an annotation, perhaps an unknown one.</param>
    /// <param name="Start">Where an annotation begins.</param>
    private readonly record struct Open(int Token, AnnotationKind Annotation, bool IsAnnotation, int Start);

    private int _openAnnotationCount;

    // Inside of an annotation anything may follow (@: without a name it is a parenthesis like others.
    private bool TryOpenAnnotation()
    {
        int start = _at;
        LexicalError? error = ReadAnnotationId(start + 2, out AnnotationKind kind);
        if (error is null)
        {
            _open.Push(new Open(_count, kind, IsAnnotation: true, start));
            _openAnnotationCount++;
        }
        else if (_openAnnotationCount > 0)
        {
            return false;
        }
        else
        {
            Stop(error.Value, start);
        }
        return true;
    }

    private LexicalError? ReadAnnotationId(int idStart, out AnnotationKind kind)
    {
        ReadOnlySpan<byte> text = _text;
        kind = AnnotationKind.None;
        bool isQuoted = idStart < text.Length && text[idStart] == '"';
        int end = idStart;
        if (isQuoted)
        {
            if (StringLiteral.Scan(text, idStart, out end) is not null) end = idStart;
        }
        else
        {
            end = EndOfWord(idStart);
        }
        ReadOnlySpan<byte> id = end == idStart ? default : isQuoted ? StringLiteral.Decode(text[idStart..end]) : text[idStart..end];
        if (id.IsEmpty) return LexicalError.EmptyAnnotationId;
        if (!Utf8.IsValid(id)) return LexicalError.MalformedUtf8;
        kind = KindOf(id);
        _at = end;
        return null;
    }

    private static AnnotationKind KindOf(ReadOnlySpan<byte> id)
        => id.SequenceEqual("custom"u8) ? AnnotationKind.Custom
        : id.SequenceEqual("name"u8) ? AnnotationKind.Name
        : id.SequenceEqual("metadata.code.branch_hint"u8) ? AnnotationKind.BranchHint
        : AnnotationKind.None;

    // Tokens inside were added like all others; they are taken out again, into the annotation when somebody cares.
    private void CloseAnnotation(Open open, int end)
    {
        _openAnnotationCount--;
        if (open.Annotation != AnnotationKind.None && _openAnnotationCount == 0)
        {
            Add(TokenKind.RightParen, end, 1, -1);
            _annotations.Add(new Annotation(open.Annotation, open.Start, open.Token, _tokens[open.Token.._count]));
        }
        _count = open.Token;
    }

    private void Finish()
    {
        if (_openAnnotationCount == 0 || _at > _text.Length) return;
        int start = TruncateAnnotations();
        Add(TokenKind.Error, start, 0, (int)LexicalError.UnclosedAnnotation);
    }

    // Forgets the open annotations; where the outermost begins.
    private int TruncateAnnotations()
    {
        int start = _at;
        while (_openAnnotationCount > 0)
        {
            Open open = _open.Pop();
            if (!open.IsAnnotation) continue;
            (_count, start) = (open.Token, open.Start);
            _openAnnotationCount--;
        }
        return start;
    }
}
