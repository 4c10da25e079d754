using Nacre.Runtime;
using Nacre.Syntax;

namespace Nacre;

/// <summary>A tag: a kind of exception that guests throw and catch.</summary>
/// <remarks>Spec: Execution, Runtime Structure, Tag Instances.</remarks>
public sealed class Tag : Extern
{
    internal Tag(StoreState store, TagInstance instance) : base(store) => Instance = instance;

    /// <summary>Creates a tag.</summary>
    /// <param name="store">Where it lives.</param>
    /// <param name="type">Its parameters are what is thrown; it has no results.</param>
    /// <exception cref="ArgumentException">The type mentions types of a module.</exception>
    public Tag(Store store, FuncType type) : this(HostTypes.StateOf(store), new TagInstance(HostTypes.Define(store, type))) { }

    /// <summary>What is thrown: the parameters.</summary>
    public FuncType Type => Instance.Type.Func!;

    internal TagInstance Instance { get; }

    internal override ExternValue External => new(Instance);

    private protected override object Identity => Instance;
}
