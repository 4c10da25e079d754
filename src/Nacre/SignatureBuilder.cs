using Nacre.Syntax;

namespace Nacre;

/// <summary>Collects the function type that .NET types stand for.</summary>
internal readonly struct SignatureBuilder
{
    private readonly List<ValType> _parameters = [];

    public SignatureBuilder() { }

    /// <summary>Adds a parameter. A <see cref="Caller"/> is filled in by the runtime, so it is none.</summary>
    /// <exception cref="NotSupportedException"><typeparamref name="T"/> stands for no value type.</exception>
    public SignatureBuilder Parameter<T>()
    {
        if (typeof(T) != typeof(Caller)) _parameters.Add(TypedValue.TypeOf<T>());
        return this;
    }

    /// <summary>The type with one result.</summary>
    /// <exception cref="NotSupportedException"><typeparamref name="T"/> stands for no value type.</exception>
    public FuncType Result<T>() => new([.. _parameters], [TypedValue.TypeOf<T>()]);

    /// <summary>The type without results.</summary>
    public FuncType NoResult() => new([.. _parameters], []);
}
