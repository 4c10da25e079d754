using Nacre.Syntax;

namespace Nacre.Text;

/// <summary>The types of a module's functions, blocks and tags, as far as its indices are right.</summary>
internal sealed class ModuleTypes
{
    private readonly SubType[] _types;
    private readonly List<HeapType> _funcs = [];
    private readonly List<HeapType> _tags = [];

    public ModuleTypes(ModuleDefinition module)
    {
        _types = [.. module.RecTypes.SelectMany(group => group.Members.ToArray())];
        foreach (Import import in module.Imports)
        {
            if (import.Type is FuncExternType func) _funcs.Add(func.Type);
            else if (import.Type is TagType tag) _tags.Add(tag.Type);
        }
        foreach (FuncDefinition function in module.Functions) _funcs.Add(TypeOf(function.Type));
        foreach (TagType tag in module.Tags) _tags.Add(tag.Type);
    }

    /// <summary>A defined type; null when there is none of that index, or it is of another kind.</summary>
    public T? Defined<T>(uint type) where T : CompositeType => type < _types.Length ? _types[type].Composite as T : null;

    /// <summary>The type of a function; null without one.</summary>
    public FuncType? OfFunc(uint function) => function < _funcs.Count ? Defined<FuncType>(_funcs[(int)function].Index) : null;

    /// <summary>The type of a tag; null without one.</summary>
    public FuncType? OfTag(uint tag) => tag < _tags.Count ? Defined<FuncType>(_tags[(int)tag].Index) : null;

    /// <summary>How many values a block takes.</summary>
    public int ParameterCount(BlockType block) => block.IsIndex ? Defined<FuncType>(block.Type.Value)?.Parameters.Length ?? 0 : 0;

    /// <summary>How many values a block leaves.</summary>
    public int ResultCount(BlockType block)
        => block.IsIndex ? Defined<FuncType>(block.Type.Value)?.Results.Length ?? 0 : block.IsValue ? 1 : 0;

    // An index beyond all types may also be beyond what a heap type can hold.
    private static HeapType TypeOf(TypeIndex type) => new(Math.Min(type.Value, HeapType.IndexLimit - 1), TypeSpace.Module);
}
