namespace Nacre;

/// <content>Exported functions by .NET types.</content>
public sealed partial class Instance
{
    /// <summary>The exported function called <paramref name="name"/>, with no parameters and one result.</summary>
    /// <exception cref="KeyNotFoundException">The instance exports no function of this name.</exception>
    /// <exception cref="InvalidCastException">The function has another type.</exception>
    /// <exception cref="NotSupportedException">A type argument stands for no value type.</exception>
    public Function<TResult> Function<TResult>(string name) => new(Function(name));

    /// <summary>The exported function called <paramref name="name"/>, with one parameter and one result.</summary>
    /// <inheritdoc cref="Function{TResult}(string)" path="/exception"/>
    public Function<T1, TResult> Function<T1, TResult>(string name) => new(Function(name));

    /// <summary>The exported function called <paramref name="name"/>, with two parameters and one result.</summary>
    /// <inheritdoc cref="Function{TResult}(string)" path="/exception"/>
    public Function<T1, T2, TResult> Function<T1, T2, TResult>(string name) => new(Function(name));

    /// <summary>The exported function called <paramref name="name"/>, with three parameters and one result.</summary>
    /// <inheritdoc cref="Function{TResult}(string)" path="/exception"/>
    public Function<T1, T2, T3, TResult> Function<T1, T2, T3, TResult>(string name) => new(Function(name));

    /// <summary>The exported function called <paramref name="name"/>, with four parameters and one result.</summary>
    /// <inheritdoc cref="Function{TResult}(string)" path="/exception"/>
    public Function<T1, T2, T3, T4, TResult> Function<T1, T2, T3, T4, TResult>(string name) => new(Function(name));

    /// <summary>The exported function called <paramref name="name"/>, with five parameters and one result.</summary>
    /// <inheritdoc cref="Function{TResult}(string)" path="/exception"/>
    public Function<T1, T2, T3, T4, T5, TResult> Function<T1, T2, T3, T4, T5, TResult>(string name) => new(Function(name));

    /// <summary>The exported function called <paramref name="name"/>, with six parameters and one result.</summary>
    /// <inheritdoc cref="Function{TResult}(string)" path="/exception"/>
    public Function<T1, T2, T3, T4, T5, T6, TResult> Function<T1, T2, T3, T4, T5, T6, TResult>(string name) => new(Function(name));

    /// <summary>The exported function called <paramref name="name"/>, with seven parameters and one result.</summary>
    /// <inheritdoc cref="Function{TResult}(string)" path="/exception"/>
    public Function<T1, T2, T3, T4, T5, T6, T7, TResult> Function<T1, T2, T3, T4, T5, T6, T7, TResult>(string name) => new(Function(name));

    /// <summary>The exported function called <paramref name="name"/>, with eight parameters and one result.</summary>
    /// <inheritdoc cref="Function{TResult}(string)" path="/exception"/>
    public Function<T1, T2, T3, T4, T5, T6, T7, T8, TResult> Function<T1, T2, T3, T4, T5, T6, T7, T8, TResult>(string name) => new(Function(name));

    /// <summary>The exported function called <paramref name="name"/>, with no parameters and no result.</summary>
    /// <inheritdoc cref="Function{TResult}(string)" path="/exception"/>
    public Procedure Procedure(string name) => new(Function(name));

    /// <summary>The exported function called <paramref name="name"/>, with one parameter and no result.</summary>
    /// <inheritdoc cref="Function{TResult}(string)" path="/exception"/>
    public Procedure<T1> Procedure<T1>(string name) => new(Function(name));

    /// <summary>The exported function called <paramref name="name"/>, with two parameters and no result.</summary>
    /// <inheritdoc cref="Function{TResult}(string)" path="/exception"/>
    public Procedure<T1, T2> Procedure<T1, T2>(string name) => new(Function(name));

    /// <summary>The exported function called <paramref name="name"/>, with three parameters and no result.</summary>
    /// <inheritdoc cref="Function{TResult}(string)" path="/exception"/>
    public Procedure<T1, T2, T3> Procedure<T1, T2, T3>(string name) => new(Function(name));

    /// <summary>The exported function called <paramref name="name"/>, with four parameters and no result.</summary>
    /// <inheritdoc cref="Function{TResult}(string)" path="/exception"/>
    public Procedure<T1, T2, T3, T4> Procedure<T1, T2, T3, T4>(string name) => new(Function(name));

    /// <summary>The exported function called <paramref name="name"/>, with five parameters and no result.</summary>
    /// <inheritdoc cref="Function{TResult}(string)" path="/exception"/>
    public Procedure<T1, T2, T3, T4, T5> Procedure<T1, T2, T3, T4, T5>(string name) => new(Function(name));

    /// <summary>The exported function called <paramref name="name"/>, with six parameters and no result.</summary>
    /// <inheritdoc cref="Function{TResult}(string)" path="/exception"/>
    public Procedure<T1, T2, T3, T4, T5, T6> Procedure<T1, T2, T3, T4, T5, T6>(string name) => new(Function(name));

    /// <summary>The exported function called <paramref name="name"/>, with seven parameters and no result.</summary>
    /// <inheritdoc cref="Function{TResult}(string)" path="/exception"/>
    public Procedure<T1, T2, T3, T4, T5, T6, T7> Procedure<T1, T2, T3, T4, T5, T6, T7>(string name) => new(Function(name));

    /// <summary>The exported function called <paramref name="name"/>, with eight parameters and no result.</summary>
    /// <inheritdoc cref="Function{TResult}(string)" path="/exception"/>
    public Procedure<T1, T2, T3, T4, T5, T6, T7, T8> Procedure<T1, T2, T3, T4, T5, T6, T7, T8>(string name) => new(Function(name));
}
