using Nacre.Syntax;

namespace Nacre.Text;

/// <remarks>Spec: Text Format, Types.</remarks>
internal sealed partial class ModuleTextWriter
{
    private void WriteTypes()
    {
        uint index = 0;
        foreach (RecType group in _module.RecTypes)
        {
            bool isAlone = group.Members.Length == 1;
            if (!isAlone) BeginField("rec");
            foreach (SubType member in group.Members)
            {
                if (isAlone) BeginField("type");
                else _output.Line(FieldLevel + 1).Add("(type");
                WriteDefinition(_identifiers.Types, index, canBeAnnotated: false);
                WriteSubType(member, index++);
                _output.Add(')');
            }
            if (!isAlone) EndField();
        }
    }

    private void WriteSubType(SubType type, uint index)
    {
        bool isPlain = type.IsFinal && type.Supertypes.IsEmpty;
        if (!isPlain)
        {
            _output.Add(type.IsFinal ? " (sub final" : " (sub");
            foreach (HeapType supertype in type.Supertypes) WriteHeapType(supertype);
        }
        WriteComposite(type.Composite, index);
        if (!isPlain) _output.Add(')');
    }

    private void WriteComposite(CompositeType type, uint index)
    {
        switch (type)
        {
            case FuncType func:
                _output.Add(" (func");
                WriteSignature(func, Identifiers.None);
                break;
            case StructType structure:
                _output.Add(" (struct");
                WriteFields(structure, _identifiers.FieldsOf(index, structure.Fields.Length));
                break;
            default:
                WriteFieldType(_output.Add(" (array"), ((ArrayType)type).Element);
                break;
        }
        _output.Add(')');
    }

    private void WriteFields(StructType structure, Identifiers fields)
    {
        for (int i = 0; i < structure.Fields.Length; i++)
        {
            _output.Add(" (field");
            if (fields[(uint)i] is { } identifier) _output.Add(' ').Add(identifier);
            WriteFieldType(_output, structure.Fields[i]);
            _output.Add(')');
        }
    }

    private void WriteFieldType(TextOutput output, FieldType type)
    {
        output.Add(type.IsMutable ? " (mut " : " ");
        if (type.Storage.IsPacked) output.Add(type.Storage.ToString());
        else _code.Text.WriteValType(output, type.Storage.Unpacked);
        if (type.IsMutable) output.Add(')');
    }

    // The index, and for the reader (and the identifiers of parameters) what it stands for.
    private void WriteTypeUse(uint type, Identifiers locals)
    {
        _code.Text.WriteTypeUse(_output, type);
        if (_types.Defined<FuncType>(type) is { } signature) WriteSignature(signature, locals);
    }

    private void WriteSignature(FuncType type, Identifiers locals)
    {
        bool isOpen = false;
        for (int i = 0; i < type.Parameters.Length; i++) WriteVariable("param", type.Parameters[i], locals[(uint)i], ref isOpen);
        if (isOpen) _output.Add(')');
        if (type.Results.IsEmpty) return;
        _output.Add(" (result");
        foreach (ValType result in type.Results) WriteValType(result);
        _output.Add(')');
    }

    private void WriteLocals(LocalRun[] runs, uint index, Identifiers locals)
    {
        bool isOpen = false, isFirst = true;
        foreach (LocalRun run in runs)
        {
            for (uint i = 0; i < run.Count; i++)
            {
                if (isFirst) _output.Line(FieldLevel + 1);
                isFirst = false;
                WriteVariable("local", run.Type, locals[index++], ref isOpen);
            }
        }
        if (isOpen) _output.Add(')');
    }

    // Those without identifier share their parentheses.
    private void WriteVariable(string word, ValType type, string? identifier, ref bool isOpen)
    {
        if (isOpen && identifier is not null) _output.Add(')');
        if (!isOpen || identifier is not null) _output.Add(_output.Written is [.., ' '] ? "(" : " (").Add(word);
        if (identifier is not null) _output.Add(' ').Add(identifier);
        WriteValType(type);
        isOpen = identifier is null;
        if (!isOpen) _output.Add(')');
    }

    private void WriteValType(ValType type) => _code.Text.WriteValType(_output.Add(' '), type);

    private void WriteHeapType(HeapType type) => _code.Text.WriteHeapType(_output.Add(' '), type);

    private void WriteTableType(TableType type)
    {
        WriteLimits(type.Limits, type.Address);
        WriteValType(type.Element);
    }

    private void WriteMemoryType(MemoryType type)
    {
        WriteLimits(type.Limits, type.Address);
        if (type.IsShared) _output.Add(" shared");
        if (type.PageSizeLog2 != 16) _output.Add(" (pagesize ").Add(type.PageByteCount).Add(')');
    }

    private void WriteLimits(Limits limits, AddressType address)
    {
        if (address == AddressType.I64) _output.Add(" i64");
        _output.Add(' ').Add(limits.Minimum);
        if (limits.Maximum is { } maximum) _output.Add(' ').Add(maximum);
    }

    private void WriteGlobalType(GlobalType type)
    {
        if (!type.IsMutable)
        {
            WriteValType(type.Value);
            return;
        }
        _code.Text.WriteValType(_output.Add(" (mut "), type.Value);
        _output.Add(')');
    }
}
