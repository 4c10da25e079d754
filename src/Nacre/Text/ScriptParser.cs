using System.Text;
using Nacre.Binary;
using Nacre.Syntax;

namespace Nacre.Text;

/// <summary>Reads scripts: the <c>.wast</c> files of the official suite.</summary>
/// <remarks>Modules inside of a script are only cut out: what is wrong about one is found when it is used.</remarks>
internal sealed partial class ScriptParser : TokenReader
{
    // Threads start threads; nobody nests them this deep.
    private const int DeepestThread = 64;

    private int _threadDepth;

    private ScriptParser(TokenStream stream) : base(stream, at: 0)
    {
    }

    /// <summary>Reads a script.</summary>
    /// <exception cref="MalformedModuleException">It is none.</exception>
    public static ScriptCommand[] Parse(TextSource source)
    {
        var parser = new ScriptParser(Lexer.Lex(source));
        ScriptCommand[] commands = parser.ReadCommands();
        return parser.Kind == TokenKind.End ? commands : throw parser.Unexpected("a command");
    }

    /// <summary>Reads a text that is a module given as strings; null when it is not.</summary>
    /// <exception cref="MalformedModuleException">It begins as one and goes on as something else.</exception>
    public static ScriptModule? TryReadStringModule(TokenStream stream)
    {
        var parser = new ScriptParser(stream);
        if (!parser.IsOpened(Keyword.Module)) return null;
        ScriptModule module = parser.ReadModule(out _);
        if (module is TextModule) return null;
        return parser.Kind == TokenKind.End ? module : throw parser.Unexpected("the end of the module");
    }

    private ScriptCommand[] ReadCommands()
    {
        var commands = new List<ScriptCommand>();
        while (Kind == TokenKind.LeftParen) commands.Add(ReadCommand());
        return [.. commands];
    }

    private ScriptCommand ReadCommand()
    {
        int start = Current.Start, left = At;
        Keyword word = OpenedWord;
        if (IsModuleField(word)) return ReadInlineModule(start);
        if (word == Keyword.Module) return ReadModuleCommand(start);
        if (word is Keyword.Invoke or Keyword.Get) return new ActionCommand(start, ReadAction());
        At += 2;
        ScriptCommand command = word switch
        {
            Keyword.Register => new RegisterCommand(start, ReadName(), ReadId()),
            Keyword.AssertReturn => new AssertReturn(start, ReadAction(), ReadPatterns()),
            Keyword.AssertTrap => IsOpened(Keyword.Module) ? ReadDefect(start, Defect.Trap) : ReadOutcome(start, Outcome.Trap),
            Keyword.AssertExhaustion => ReadOutcome(start, Outcome.Exhaustion),
            Keyword.AssertException => new AssertOutcome(start, Outcome.Exception, ReadAction(), ""),
            Keyword.AssertMalformed or Keyword.AssertMalformedCustom => ReadDefect(start, Defect.Malformed),
            Keyword.AssertInvalid or Keyword.AssertInvalidCustom => ReadDefect(start, Defect.Invalid),
            Keyword.AssertUnlinkable => ReadDefect(start, Defect.Unlinkable),
            Keyword.Thread => ReadThread(start),
            Keyword.Wait => new WaitCommand(start, ReadId()),
            _ => throw Unexpected(TokenAt(left + 1), "a command"),
        };
        Close();
        return command;
    }

    private static bool IsModuleField(Keyword word) => word is Keyword.Type or Keyword.Rec or Keyword.Import or Keyword.Func or Keyword.Table
        or Keyword.Memory or Keyword.Global or Keyword.Tag or Keyword.Export or Keyword.Start or Keyword.Elem or Keyword.Data;

    private ModuleCommand ReadInlineModule(int start)
    {
        int first = At;
        while (IsModuleField(OpenedWord)) At = After(At);
        return new ModuleCommand(start, null, new TextModule(Stream, first, At), IsDefinition: false);
    }

    private ScriptCommand ReadModuleCommand(int start)
    {
        if (WordOf(TokenAt(At + 2)) == Keyword.Instance)
        {
            At += 3;
            var instance = new InstanceCommand(start, ReadId(), ReadId());
            Close();
            return instance;
        }
        bool isDefinition = WordOf(TokenAt(At + 2)) == Keyword.Definition;
        ScriptModule module = ReadModule(out string? id);
        return new ModuleCommand(start, id, module, isDefinition);
    }

    private ScriptModule ReadModule(out string? id)
    {
        int first = At, end = After(At);
        Open(Keyword.Module);
        TryTake(Keyword.Definition);
        id = ReadId();
        Keyword form = Word;
        if (form is not (Keyword.Binary or Keyword.Quote))
        {
            At = end;
            return new TextModule(Stream, first, end);
        }
        At++;
        var bytes = new ByteWriter();
        for (; Kind == TokenKind.String; At++) StringLiteral.Decode(Stream.TextOf(Current), bytes);
        Close();
        return form == Keyword.Binary ? new BinaryModule(bytes.ToArray()) : new QuotedModule(new TextSource(bytes.ToArray(), fileName: null));
    }

    private string? ReadId() => TakeId() is >= 0 and var symbol ? Stream.Symbols.Name(symbol) : null;

    private ScriptAction ReadAction()
    {
        bool isCall = IsOpened(Keyword.Invoke);
        if (!isCall && !IsOpened(Keyword.Get)) throw Unexpected("(invoke …) or (get …)");
        At += 2;
        var action = new ScriptAction(ReadId(), ReadName(), isCall ? ReadPatterns() : null);
        Close();
        return action;
    }

    private AssertOutcome ReadOutcome(int start, Outcome outcome) => new(start, outcome, ReadAction(), ReadText());

    private AssertDefect ReadDefect(int start, Defect defect) => new(start, defect, ReadModule(out _), ReadText());

    // Some expected texts hold bytes that are no UTF-8; they are compared as they look.
    private string ReadText()
    {
        if (Kind != TokenKind.String) throw Unexpected("the expected message");
        return Encoding.UTF8.GetString(StringLiteral.Decode(Stream.TextOf(TokenAt(At++))));
    }

    private ThreadCommand ReadThread(int start)
    {
        if (_threadDepth == DeepestThread) throw Error($"too many threads inside of each other: at most {DeepestThread} are supported", Current);
        string? id = ReadId();
        var shared = new List<string>();
        while (TryOpen(Keyword.Shared))
        {
            Open(Keyword.Module);
            if (Kind != TokenKind.Id) throw Unexpected("the identifier of an instance");
            shared.Add(ReadId()!);
            Close();
            Close();
        }
        _threadDepth++;
        ScriptCommand[] commands = ReadCommands();
        _threadDepth--;
        return new ThreadCommand(start, id, [.. shared], commands);
    }
}
