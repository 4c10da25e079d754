using System.Diagnostics;
using Nacre.Syntax;

namespace Nacre.Runtime;

/// <summary>Something that can be imported and exported.</summary>
/// <remarks>Spec: Execution, Runtime Structure, External Values.</remarks>
internal readonly struct ExternValue
{
    private readonly object _item;

    /// <summary>A function.</summary>
    public ExternValue(FunctionInstance function) => (_item, Kind) = (function, ExternKind.Func);
    /// <summary>A table.</summary>
    public ExternValue(TableInstance table) => (_item, Kind) = (table, ExternKind.Table);
    /// <summary>A memory.</summary>
    public ExternValue(MemoryInstance memory) => (_item, Kind) = (memory, ExternKind.Memory);
    /// <summary>A global.</summary>
    public ExternValue(GlobalInstance global) => (_item, Kind) = (global, ExternKind.Global);
    /// <summary>A tag.</summary>
    public ExternValue(TagInstance tag) => (_item, Kind) = (tag, ExternKind.Tag);

    /// <summary>Which of the five kinds this is.</summary>
    public ExternKind Kind { get; }

    /// <summary>The function; of this and the four below, the one that <see cref="Kind"/> names may be asked for.</summary>
    public FunctionInstance Function => (FunctionInstance)_item;
    /// <summary>The table.</summary>
    public TableInstance Table => (TableInstance)_item;
    /// <summary>The memory.</summary>
    public MemoryInstance Memory => (MemoryInstance)_item;
    /// <summary>The global.</summary>
    public GlobalInstance Global => (GlobalInstance)_item;
    /// <summary>The tag.</summary>
    public TagInstance Tag => (TagInstance)_item;

    /// <summary>The type at this moment, in canonical space: sizes count as they are, not as they were declared.</summary>
    /// <remarks>Spec: Execution, Values, External Typing.</remarks>
    public ExternType Type => Kind switch
    {
        ExternKind.Func => new FuncExternType(Function.Type.HeapType),
        ExternKind.Table => Table.CurrentType,
        ExternKind.Memory => Memory.CurrentType,
        ExternKind.Global => Global.Type,
        ExternKind.Tag => new TagType(Tag.Type.HeapType),
        _ => throw new UnreachableException(),
    };
}
