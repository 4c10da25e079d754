using System.Runtime.CompilerServices;
using Nacre.Runtime;
using Nacre.Syntax;
using Nacre.Validation;

namespace Nacre;

/// <summary>A function whose type was compared with the .NET types it is called with.</summary>
/// <typeparam name="TArguments">Its arguments.</typeparam>
/// <typeparam name="TResult">Its result, or <see cref="Nothing"/>.</typeparam>
internal readonly struct TypedTarget<TArguments, TResult> where TArguments : struct, IArguments
{
    private readonly FunctionInstance _function;
    private readonly FrameShape _shape;
    private readonly bool _isPlain;         // not asked of the types with each call: code that references share would look them up

    /// <exception cref="InvalidCastException">The function is of another type.</exception>
    public TypedTarget(Function function)
    {
        SignatureBuilder signature = TArguments.AddTo(new SignatureBuilder());
        FuncType wanted = typeof(TResult) == typeof(Nothing) ? signature.NoResult() : signature.Result<TResult>();
        Matching matching = function.State.Matching;
        FuncType type = function.Type;
        if (!matching.Matches(wanted.Parameters, type.Parameters) || !matching.Matches(type.Results, wanted.Results))
            throw new InvalidCastException($"The function has the type {type}, but is asked for as {wanted}.");
        _function = function.Instance;
        _shape = FrameShape.Of(type);
        _isPlain = TArguments.ArePlain && (typeof(TResult) == typeof(Nothing) || TypedValue.IsPlain<TResult>());
    }

    /// <summary>Calls the function: its machine code where it has any, with arguments and result in registers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TResult Invoke(TArguments arguments)
    {
        nint entry = _function.Entry;
        return entry != 0 && _isPlain ? InvokeEntry(_function, entry, arguments) : InvokeThroughSlots(arguments);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static TResult InvokeEntry(FunctionInstance function, nint entry, TArguments arguments)
    {
        StoreState store = function.Store;
        store.EnterForCall();
        try
        {
            return arguments.Call<TResult>(entry, function.Context);
        }
        catch (Exception exception) when (store.Thread.TrapOf(exception) is { } trap)
        {
            throw trap;
        }
        finally
        {
            store.Exit();
        }
    }

    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.NoInlining)]
    private TResult InvokeThroughSlots(TArguments arguments)
    {
        Unsafe.SkipInit(out SlotBuffer slots);
        var call = new TypedCall(_function, _shape, ref slots);
        arguments.Write(ref call);
        return call.Invoke<TResult>();
    }
}
