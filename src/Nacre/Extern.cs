using Nacre.Runtime;
using Nacre.Syntax;

namespace Nacre;

/// <summary>Something that a module can import or export: a function, table, memory, global or tag of a store.</summary>
/// <remarks>
/// Objects of this kind are views: two views of the same thing are equal. A view lives as long as the store or longer; used after the
/// store was disposed it throws <see cref="ObjectDisposedException"/>. Spec: Execution, Runtime Structure, External Values.
/// </remarks>
public abstract class Extern : IEquatable<Extern>
{
    private protected Extern(StoreState store) => State = store;

    /// <summary>The store it lives in.</summary>
    public Store Store => (Store)State.HostView!;

    /// <summary>Which of the five kinds this is.</summary>
    public ExternKind Kind => External.Kind;

    /// <summary>The type; sizes count as they are at this moment.</summary>
    public ExternType ExternType => External.Type;

    internal StoreState State { get; }

    internal abstract ExternValue External { get; }

    private protected abstract object Identity { get; }

    /// <inheritdoc/>
    public bool Equals(Extern? other) => other is not null && ReferenceEquals(Identity, other.Identity);

    /// <inheritdoc/>
    public sealed override bool Equals(object? obj) => Equals(obj as Extern);

    /// <inheritdoc/>
    public sealed override int GetHashCode() => System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(Identity);

    /// <summary>The type in the text format, with a function's parameters and results.</summary>
    public override string ToString() => ImportMatching.Describe(State.Types, ExternType);

    internal static Extern Of(StoreState store, ExternValue value) => value.Kind switch
    {
        ExternKind.Func => new Function(value.Function),
        ExternKind.Table => new Table(store, value.Table),
        ExternKind.Memory => new Memory(store, value.Memory),
        ExternKind.Global => new Global(store, value.Global),
        _ => new Tag(store, value.Tag),
    };
}
