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
    /// <exception cref="ArgumentException">The type mentions types of a module, or has results.</exception>
    /// <exception cref="InvalidOperationException">Another thread uses the store.</exception>
    /// <exception cref="ObjectDisposedException">The store was disposed.</exception>
    public Tag(Store store, FuncType type)
        : this(HostTypes.StateOf(store), HostTypes.Create(store, state => new TagInstance(HostTypes.Define(state.Types, WithoutResults(type)))))
    {
    }

    /// <summary>What is thrown: the parameters.</summary>
    public FuncType Type => Instance.Type.Func!;

    internal TagInstance Instance { get; }

    private static FuncType WithoutResults(FuncType type)
    {
        ArgumentNullException.ThrowIfNull(type);
        return type.Results.Length == 0 ? type : throw new ArgumentException($"A tag has no results: {type}.", nameof(type));
    }

    internal override ExternValue External => new(Instance);

    private protected override object Identity => Instance;
}
