using Nacre.Syntax;

namespace Nacre.Text;

/// <remarks>The first walk over the fields: which identifier is which index. What is malformed here the second walk reports.</remarks>
internal sealed partial class ModuleReader
{
    private string? _lastDefinition;    // the kind of the last thing defined; imports come before all of them

    private void BindFields()
    {
        while (Kind == TokenKind.LeftParen)
        {
            int next = After(At);
            BindField(next);
            At = next;
        }
    }

    private void BindField(int next)
    {
        Keyword word = OpenedWord;
        switch (word)
        {
            case Keyword.Type: BindType(); break;
            case Keyword.Rec: BindRec(next); break;
            case Keyword.Import: BindImport(); break;
            case Keyword.Func or Keyword.Table or Keyword.Memory or Keyword.Global or Keyword.Tag: BindDefinition(word); break;
            case Keyword.Elem: Bind(_elemSpace, At + 2); break;
            case Keyword.Data: Bind(_dataSpace, At + 2); break;
        }
    }

    private void BindType() => Bind(_typeSpace, At + 2);

    private void BindRec(int next)
    {
        for (At += 2; At < next && Kind == TokenKind.LeftParen; At = After(At))
        {
            if (IsOpened(Keyword.Type)) BindType();
        }
    }

    private void BindImport()
    {
        CheckImportOrder(At);
        for (At += 2; Kind == TokenKind.String; At++)
        {
        }
        if (SpaceOf(OpenedWord) is { } space) Bind(space, At + 2);
    }

    private void BindDefinition(Keyword word)
    {
        int start = At, at = At + 2;
        Bind(SpaceOf(word)!, at);
        if (TokenAt(at).Kind == TokenKind.Id) at++;
        while (TokenAt(at).Kind == TokenKind.LeftParen && WordOf(TokenAt(at + 1)) == Keyword.Export) at = After(at);
        bool isImport = TokenAt(at).Kind == TokenKind.LeftParen && WordOf(TokenAt(at + 1)) == Keyword.Import;
        if (isImport) CheckImportOrder(start);
        else _lastDefinition = word == Keyword.Func ? "function" : Words.Spelling(word);
        if (word is Keyword.Table or Keyword.Memory) BindInlineSegment(at);
    }

    // Segments inside of tables and memories count among the others.
    private void BindInlineSegment(int at)
    {
        for (; TokenAt(at).Kind is not (TokenKind.RightParen or TokenKind.End); at = TokenAt(at).Kind == TokenKind.LeftParen ? After(at) : at + 1)
        {
            if (TokenAt(at).Kind != TokenKind.LeftParen) continue;
            Keyword word = WordOf(TokenAt(at + 1));
            if (word == Keyword.Elem) _elemSpace.TryDefine(symbol: -1);
            if (word == Keyword.Data) _dataSpace.TryDefine(symbol: -1);
        }
    }

    private void Bind(IndexSpace space, int at)
    {
        Token token = TokenAt(at);
        if (!space.TryDefine(token.Kind == TokenKind.Id ? token.Data : -1)) throw Error($"duplicate {space.What} {Excerpt(token)}", token);
    }

    private void CheckImportOrder(int at)
    {
        if (_lastDefinition is { } definition) throw Error($"import after {definition}", TokenAt(at));
    }

    private IndexSpace? SpaceOf(Keyword word) => word switch
    {
        Keyword.Func => _funcSpace,
        Keyword.Table => _tableSpace,
        Keyword.Memory => _memorySpace,
        Keyword.Global => _globalSpace,
        Keyword.Tag => _tagSpace,
        _ => null,
    };
}
