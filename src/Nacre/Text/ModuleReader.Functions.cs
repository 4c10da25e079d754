using Nacre.Binary;
using Nacre.Syntax;

namespace Nacre.Text;

internal sealed partial class ModuleReader
{
    private IndexSpace _locals = new("local");
    private readonly List<LocalRun> _localRuns = [];
    private readonly List<(uint Function, List<(uint Index, int Symbol)> Names)> _localNames = [];

    private void ReadFunc()
    {
        int start = TokenAt(At).Start;
        uint index = NextIndex(ExternKind.Func, _functions.Count);
        if (ReadHead(Keyword.Func, index)) return;

        _locals = new IndexSpace("local");
        _localRuns.Clear();
        TypeIndex type = ReadTypeUse(_locals);
        uint parameterCount = _locals.Count;
        while (TryOpen(Keyword.Local)) ReadLocals();
        if (_locals.Count - parameterCount > ImplementationLimits.Locals)
            throw TooMany(Stream.Source, "locals", _locals.Count - parameterCount, ImplementationLimits.Locals, start);
        if (_locals.Names is { } names) _localNames.Add((index, names));

        BeginCode(index);
        ReadInstructions();
        Expr body = EndCode();
        if (body.Bytes.Length > ImplementationLimits.FunctionByteCount)
            throw TooMany(Stream.Source, "bytes in a function", body.Bytes.Length, ImplementationLimits.FunctionByteCount, start);
        LocalRun[] locals = [.. _localRuns];
        AddHints(index, locals);
        _functions.Add(new FuncDefinition(type, locals, body));
    }

    private void ReadLocals()
    {
        Token token = Current;
        if (Kind == TokenKind.Id)
        {
            At++;
            AddLocal(ReadValType());
            if (!_locals.TryDefine(token.Data)) throw Error($"duplicate local {Excerpt(token)}", token);
        }
        else
        {
            for (; Kind != TokenKind.RightParen; _locals.Skip(1)) AddLocal(ReadValType());
        }
        Close();
    }

    private void AddLocal(ValType type)
    {
        if (_localRuns.Count > 0 && _localRuns[^1] is { } last && last.Type == type) _localRuns[^1] = new LocalRun(last.Count + 1, type);
        else _localRuns.Add(new LocalRun(1, type));
    }

    /// <summary>Reads a constant expression: instructions up to the next closing parenthesis that is not theirs.</summary>
    private Expr ReadConstant()
    {
        BeginCode(function: null);
        ReadInstructions();
        return EndCode();
    }

    /// <summary>Reads a constant expression that is one folded instruction.</summary>
    private Expr ReadSingle()
    {
        if (Kind != TokenKind.LeftParen) throw Unexpected("an instruction in parentheses");
        BeginCode(function: null);
        ReadInstructions(onlyOne: true);
        return EndCode();
    }

    private void BeginCode(uint? function)
    {
        _code.Clear();
        _pending.Clear();
        _labels.Clear();
        _labelDepth = 1;                 // the body itself is a label without identifier
        _labelNumber = 1;
        _function = function;
        if (function is null) _locals = s_noLocals;
    }

    private static readonly IndexSpace s_noLocals = new("local");

    private Expr EndCode()
    {
        new InstructionWriter(_code).Write(Opcode.End);
        return new Expr(_code.ToArray(), _marks?.EndExpression(_code.Count) ?? 0);
    }
}
