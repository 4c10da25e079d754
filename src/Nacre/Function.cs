using Nacre.Runtime;
using Nacre.Syntax;

namespace Nacre;

/// <summary>A function: a guest's, or the host's own.</summary>
/// <remarks>
/// Called by one thread at a time, as its store; calls may nest through host functions. The typed forms
/// (<see cref="Instance.Function{T1, TResult}(string)"/>, <see cref="Instance.Procedure{T1}(string)"/>) neither allocate nor box.
/// Spec: Execution, Runtime Structure, Function Instances; Appendix, Embedding, Functions.
/// </remarks>
public sealed class Function : Extern
{
    internal Function(FunctionInstance instance) : base(instance.Store) => Instance = instance;

    /// <summary>Creates a function of the host that reads its arguments from, and writes its results to, the frame it is given.</summary>
    /// <param name="store">Where it lives.</param>
    /// <param name="type">Parameters and results.</param>
    /// <param name="body">What is called.</param>
    /// <param name="name">How it is shown in a guest's call stack.</param>
    /// <exception cref="ArgumentException">The type mentions types of a module.</exception>
    /// <exception cref="InvalidOperationException">Another thread uses the store.</exception>
    /// <exception cref="ObjectDisposedException">The store was disposed.</exception>
    public Function(Store store, FuncType type, HostFunctionBody body, string? name = null)
        : this(HostTypes.Create(store, new HostCallback(type, body, name).CreateIn))
    {
    }

    /// <summary>Parameters and results. Types of modules are numbered as the engine does.</summary>
    public FuncType Type => Instance.Signature;

    internal FunctionInstance Instance { get; }

    internal override ExternValue External => new(Instance);

    private protected override object Identity => Instance;

    /// <summary>Calls the function.</summary>
    /// <returns>Its results, in order.</returns>
    /// <exception cref="ArgumentException">Arguments of another number or type than the parameters, or of another store.</exception>
    /// <exception cref="TrapException">The guest trapped.</exception>
    /// <exception cref="ExhaustionException">Stack or fuel were used up.</exception>
    /// <exception cref="GuestException">The guest threw and did not catch.</exception>
    /// <exception cref="InvalidOperationException">Another thread uses the store.</exception>
    /// <exception cref="ObjectDisposedException">The store was disposed.</exception>
    public Value[] Invoke(params ReadOnlySpan<Value> arguments)
    {
        ReadOnlySpan<ValType> parameters = Type.Parameters;
        if (arguments.Length != parameters.Length)
            throw new ArgumentException($"{arguments.Length} arguments are given to a function {Type}.", nameof(arguments));

        FrameShape shape = FrameShape.Of(Type);
        var slots = new ulong[shape.SlotCount];
        var references = new object?[shape.ReferenceCount];
        var writer = new RawWriter(slots, references);
        for (int i = 0; i < arguments.Length; i++) writer.Write(parameters[i], arguments[i].ToRaw(parameters[i], State));
        State.Invoke(Instance, slots, references);
        return Results(slots, references);
    }

    private Value[] Results(ulong[] slots, object?[] references)
    {
        var results = new Value[Type.Results.Length];
        var reader = new RawReader(slots, references);
        for (int i = 0; i < results.Length; i++) results[i] = Value.FromRaw(Type.Results[i], reader.Read(Type.Results[i]));
        return results;
    }
}
