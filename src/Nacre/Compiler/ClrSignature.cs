using Nacre.Syntax;

namespace Nacre.Compiler;

/// <summary>A function type in CIL: the parameters, then the context; the first result is returned, the others lie where
/// <see cref="Runtime.ControlCell.ResultSlots"/> and <see cref="Runtime.StoreState.ResultReferences"/> tell.</summary>
internal sealed class ClrSignature
{
    /// <summary>The signature of functions of <paramref name="type"/>.</summary>
    public ClrSignature(FuncType type)
    {
        Parameters = ValueKinds.Of(type.Parameters);
        Results = ValueKinds.Of(type.Results);
        ClrParameters = [.. Parameters.Select(kind => kind.ClrType()), typeof(object)];
        ClrResult = Results.Length == 0 ? typeof(void) : Results[0].ClrType();
    }

    /// <summary>Kinds of the parameters, in order.</summary>
    public ValueKind[] Parameters { get; }

    /// <summary>Kinds of the results, in order.</summary>
    public ValueKind[] Results { get; }

    /// <summary>.NET types of the parameters and of the context.</summary>
    public Type[] ClrParameters { get; }

    /// <summary>.NET type of the first result.</summary>
    public Type ClrResult { get; }

    /// <summary>Argument number of the context.</summary>
    public int ContextArgument => Parameters.Length;

    /// <summary>Equal for signatures that look the same in CIL.</summary>
    public string Key => string.Concat(Parameters.Select(Letter)) + ">" + string.Concat(Results.Select(Letter));

    private static char Letter(ValueKind kind) => "ilfdvr"[(int)kind];
}
