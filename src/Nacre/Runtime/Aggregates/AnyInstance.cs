using Nacre.Validation;

namespace Nacre.Runtime;

/// <summary>What a reference of the <c>any</c> hierarchy refers to, whatever it is: so a cast reads the type first and asks for nothing else.</summary>
/// <remarks>
/// It lies on the heap of .NET, whose collector is the guest's. Spec: Execution, Runtime Structure, Values and Aggregate Instances.
/// </remarks>
internal abstract class AnyInstance(DefinedType? type)
{
    /// <summary>The type that a structure or array was made with; null of everything else.</summary>
    public readonly DefinedType? Type = type;
}
