using Nacre.Syntax;

namespace Nacre.Cli.Inspection;

/// <summary>Types of what a module imports and defines, by index, imports first.</summary>
internal sealed class IndexSpaces(ModuleDefinition module)
{
    private readonly SubType[] _types = [.. module.RecTypes.SelectMany(static group => group.Members.ToArray())];

    private readonly ILookup<ExternKind, ExternType> _items = module.Imports.Select(static import => import.Type)
        .Concat(module.Functions.Select(static function => new FuncExternType(new HeapType(function.Type.Value, TypeSpace.Module))))
        .Concat(module.Tables.Select(static table => table.Type))
        .Concat(module.Memories)
        .Concat(module.Tags)
        .Concat(module.Globals.Select(static global => global.Type))
        .ToLookup(static type => type.Kind);

    /// <summary>The type of what is exported; <c>?</c> when the index leads nowhere.</summary>
    public string Describe(Export export)
        => _items[export.Kind].ElementAtOrDefault((int)Math.Min(export.Index, int.MaxValue)) is { } type ? Describe(type) : "?";

    /// <summary>The type as text; for functions and tags the shape, as <c>[i32 i64] → [f32]</c>.</summary>
    public string Describe(ExternType type) => type switch
    {
        FuncExternType func => Shape(func.Type),
        TagType tag => Shape(tag.Type),
        _ => type.ToString()!,
    };

    private string Shape(HeapType type)
        => type.IsDefined && type.Index < _types.Length ? _types[type.Index].Composite.ToString()! : "?";
}
