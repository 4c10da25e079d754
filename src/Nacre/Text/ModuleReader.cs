using Nacre.Binary;
using Nacre.Syntax;

namespace Nacre.Text;

/// <summary>Reads one module from tokens.</summary>
/// <remarks>Spec: Text Format, Modules.</remarks>
internal sealed partial class ModuleReader : TokenReader
{
    private readonly IndexSpace _typeSpace = new("type"), _funcSpace = new("func"), _tableSpace = new("table"),
        _memorySpace = new("memory"), _globalSpace = new("global"), _tagSpace = new("tag"),
        _elemSpace = new("elem segment"), _dataSpace = new("data segment");

    private readonly WasmFeatures _features;
    private readonly List<Import> _imports = [];
    private readonly List<FuncDefinition> _functions = [];
    private readonly List<TableDefinition> _tables = [];
    private readonly List<MemoryType> _memories = [];
    private readonly List<TagType> _tags = [];
    private readonly List<GlobalDefinition> _globals = [];
    private readonly List<Export> _exports = [];
    private readonly List<ElementSegment> _elements = [];
    private readonly List<DataSegment> _data = [];
    private FuncIndex? _start;
    private bool _mentionsData;

    private readonly CodeMarks? _marks;

    private ModuleReader(TokenStream stream, int first, WasmFeatures features, CodeMarks? marks) : base(stream, first)
        => (_features, _marks) = (features, marks);

    /// <summary>Reads a text that is one module, or the fields of one.</summary>
    /// <param name="stream">The text.</param>
    /// <param name="features">What the module may use.</param>
    /// <param name="marks">Takes the places of instructions.</param>
    public static ModuleDefinition Parse(TokenStream stream, WasmFeatures features, CodeMarks? marks = null)
        => ParseAt(stream, 0, stream.Count - 1, features, marks);

    /// <summary>Reads the module, or the fields of one, that are tokens <paramref name="first"/> up to <paramref name="end"/>.</summary>
    /// <remarks>A type index can mean a type that only a later field adds. Its parameters count among the locals of the function that
    /// mentions it, so the module is read once more, then knowing the types.</remarks>
    public static ModuleDefinition ParseAt(TokenStream stream, int first, int end, WasmFeatures features, CodeMarks? marks = null)
    {
        var reader = new ModuleReader(stream, first, features, marks);
        ModuleDefinition module = reader.Read(end);
        if (!reader._mentionsLaterType) return module;
        foreach (Annotation annotation in stream.Annotations) annotation.IsUsed = false;
        marks?.Clear();
        var again = new ModuleReader(stream, first, features, marks) { _expectedTypes = [.. reader._implicitTypes] };
        return again.Read(end);
    }

    private ModuleDefinition Read(int end)
    {
        int start = At;
        if (IsOpened(Keyword.Module))
        {
            int after = After(At);
            At += 2;
            TryTake(Keyword.Definition);
            ReadModuleName();
            ReadFields();
            Close();
            if (after != end || At != end) throw Unexpected("the end of the module");
        }
        else
        {
            ReadFields();
            if (At != end) throw Unexpected("a field of a module");
        }
        CheckAnnotations(start, end);
        return Build();
    }

    private void ReadModuleName()
    {
        int symbol = TakeId();
        _moduleName = TakeNameAnnotation() ?? (symbol < 0 ? null : Stream.Symbols.Name(symbol));
        if (_moduleName is not null && NameAnnotationAt(At) is { } second)
            throw Stream.Source.Error("@name annotation: multiple module names", second.Start);
    }

    private void ReadFields()
    {
        int first = At;
        BindFields();
        At = first;
        ReadTypes();
        At = first;
        while (Kind == TokenKind.LeftParen)
        {
            ReadCustomAnnotations();
            ReadField();
        }
        ReadCustomAnnotations();
    }

    private void ReadField()
    {
        Keyword word = OpenedWord;
        switch (word)
        {
            case Keyword.Type or Keyword.Rec: At = After(At); return;   // read before
            case Keyword.Import: ReadImport(); break;
            case Keyword.Func: ReadFunc(); break;
            case Keyword.Table: ReadTable(); break;
            case Keyword.Memory: ReadMemory(); break;
            case Keyword.Global: ReadGlobal(); break;
            case Keyword.Tag: ReadTag(); break;
            case Keyword.Export: ReadExport(); break;
            case Keyword.Start: ReadStart(); break;
            case Keyword.Elem: ReadElem(); break;
            case Keyword.Data: ReadData(); break;
            default:
                At++;
                throw Unexpected("a field of a module");
        }
        Close();
    }

    private ModuleDefinition Build() => new()
    {
        RecTypes = AllRecTypes(),
        Imports = [.. _imports],
        Functions = [.. _functions],
        Tables = [.. _tables],
        Memories = [.. _memories],
        Tags = [.. _tags],
        Globals = [.. _globals],
        Exports = [.. _exports],
        Start = _start,
        Elements = [.. _elements],
        Data = [.. _data],
        DataCount = _mentionsData ? (uint)_data.Count : null,
        CustomSections = AllCustomSections(),
    };

    /// <summary>Reads an index, by number or by identifier.</summary>
    private uint ReadIndex(IndexSpace space)
    {
        if (Kind != TokenKind.Id) return Kind == TokenKind.Nat ? ReadU32() : throw Unexpected($"the index of a {space.What}");
        Token token = TokenAt(At++);
        return space.TryFind(token.Data, out uint index) ? index : throw Error($"unknown {space.What} {Excerpt(token)}", token);
    }

    private bool IsIndex => Kind is TokenKind.Nat or TokenKind.Id;

    private static MalformedModuleException TooMany(TextSource source, string what, long count, int limit, int start)
        => source.Error($"too many {what}: {count}, where at most {limit} are supported", start);
}
