using Nacre.Binary;
using Nacre.Syntax;

namespace Nacre.Text;

/// <summary>Prints the fields of a module, each on a line of its own. Spec: Text Format, Modules.</summary>
internal sealed partial class ModuleTextWriter
{
    private const int FieldLevel = 1;

    private readonly ModuleDefinition _module;
    private readonly TextWriter _target;
    private readonly PrintOptions _options;
    private readonly TextOutput _output = new();
    private readonly ModuleIdentifiers _identifiers;
    private readonly ModuleTypes _types;
    private readonly CodePrinter _code;
    private readonly CustomSection? _hintSection;
    private readonly PrintedHints? _hints;

    public ModuleTextWriter(ModuleDefinition module, TextWriter target, PrintOptions options)
    {
        (_module, _target, _options) = (module, target, options);
        _identifiers = new ModuleIdentifiers(module);
        _types = new ModuleTypes(module);
        _code = options.Fold ? new FoldedPrinter(_identifiers, _types) : new FlatPrinter(_identifiers, _types, options.ByteOffsets);
        _hintSection = Array.Find(module.CustomSections, section => section.Name == BranchHintSection.SectionName);
        if (_hintSection is not null && !options.Skeleton)
            _hints = PrintedHints.Of(_hintSection, module, (uint)_identifiers.ImportCount(ExternKind.Func));
    }

    public void Write()
    {
        _output.Add("(module");
        if (_identifiers.Module is { Length: > 0 } name) _output.Add(' ').Add(Identifiers.Spell(name));
        WriteTypes();
        WriteImports();
        for (int i = 0; i < _module.Tables.Length; i++) WriteTable(i);
        for (int i = 0; i < _module.Memories.Length; i++) WriteMemory(i);
        for (int i = 0; i < _module.Tags.Length; i++) WriteTag(i);
        for (int i = 0; i < _module.Globals.Length; i++) WriteGlobal(i);
        foreach (Export export in _module.Exports) WriteExport(export);
        WriteStart();
        for (int i = 0; i < _module.Elements.Length; i++) WriteElement(i);
        for (int i = 0; i < _module.Functions.Length; i++) WriteFunction(i);
        for (int i = 0; i < _module.Data.Length; i++) WriteData(i);
        WriteCustomSections();
        _output.Add(")\n");
        _output.FlushTo(_target);
    }

    private TextOutput BeginField(ReadOnlySpan<char> word)
    {
        _output.FlushTo(_target);
        return _output.Line(FieldLevel).Add('(').Add(word);
    }

    private void EndField() => _output.Add(')');

    // $id (;index;), and the name where the identifier is another.
    private void WriteDefinition(Identifiers space, uint index, bool canBeAnnotated = true)
    {
        if (space[index] is { } identifier) _output.Add(' ').Add(identifier);
        if (canBeAnnotated && space.LostName(index) is { } name)
        {
            StringText.Write(_output.Add(" (@name "), name);
            _output.Add(')');
        }
        _output.Add(" (;").Add((ulong)index).Add(";)");
    }

    private uint BeginDefinition(ReadOnlySpan<char> word, ExternKind kind, int definedIndex)
    {
        uint index = (uint)(_identifiers.ImportCount(kind) + definedIndex);
        BeginField(word);
        WriteDefinition(_identifiers.Of(kind), index);
        return index;
    }

    private void WriteTable(int number)
    {
        BeginDefinition("table", ExternKind.Table, number);
        TableDefinition table = _module.Tables[number];
        WriteTableType(table.Type);
        if (table.Initializer is { } initializer) _code.PrintConstant(_output, initializer);
        EndField();
    }

    private void WriteMemory(int number)
    {
        BeginDefinition("memory", ExternKind.Memory, number);
        WriteMemoryType(_module.Memories[number]);
        EndField();
    }

    private void WriteTag(int number)
    {
        BeginDefinition("tag", ExternKind.Tag, number);
        WriteTypeUse(_module.Tags[number].Type.Index, Identifiers.None);
        EndField();
    }

    private void WriteGlobal(int number)
    {
        BeginDefinition("global", ExternKind.Global, number);
        GlobalDefinition global = _module.Globals[number];
        WriteGlobalType(global.Type);
        _code.PrintConstant(_output, global.Initializer);
        EndField();
    }

    private void WriteExport(Export export)
    {
        StringText.Write(BeginField("export "), export.Name);
        _output.Add(" (").Add(WordOf(export.Kind)).Add(' ');
        _identifiers.Of(export.Kind).Use(_output, export.Index);
        _output.Add("))");
    }

    private void WriteStart()
    {
        if (_module.Start is not { } start) return;
        _identifiers.Funcs.Use(BeginField("start "), start.Value);
        EndField();
    }

    private void WriteFunction(int number)
    {
        FuncDefinition function = _module.Functions[number];
        uint index = BeginDefinition("func", ExternKind.Func, number);
        int parameterCount = _types.OfFunc(index)?.Parameters.Length ?? 0;
        int localCount = parameterCount + (_options.Skeleton ? 0 : (int)Math.Min(function.Locals.Sum(run => run.Count), int.MaxValue - parameterCount));
        Identifiers locals = _identifiers.LocalsOf(index, localCount);
        WriteTypeUse(function.Type.Value, locals);
        if (!_options.Skeleton)
        {
            WriteLocals(function.Locals, (uint)parameterCount, locals);
            _code.Text.Locals = locals;
            _code.Print(_output, index, function, _hints);
        }
        EndField();
    }

    private static string WordOf(ExternKind kind) => kind switch
    {
        ExternKind.Func => "func",
        ExternKind.Table => "table",
        ExternKind.Memory => "memory",
        ExternKind.Global => "global",
        _ => "tag",
    };
}
