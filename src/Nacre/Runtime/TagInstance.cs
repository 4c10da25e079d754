using Nacre.Validation;

namespace Nacre.Runtime;

/// <summary>A tag of exceptions. Two tags are the same when they are the same object.</summary>
/// <remarks>Spec: Execution, Runtime Structure, Tag Instances.</remarks>
internal sealed class TagInstance(DefinedType type)
{
    /// <summary>The canonical function type; its parameters are what is thrown.</summary>
    public DefinedType Type { get; } = type;
}
