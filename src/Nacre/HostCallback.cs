using Nacre.Runtime;
using Nacre.Syntax;
using Nacre.Validation;

namespace Nacre;

/// <summary>A function of the host before it lives in a store.</summary>
internal sealed class HostCallback(FuncType type, HostFunctionBody body, string? name)
{
    private readonly HostFunctionBody _body = Checked(type, body);
    private DefinedType? _type;     // of the linker's engine, which is the only one that the callback is created in

    /// <summary>Makes a function of <paramref name="store"/>.</summary>
    /// <exception cref="ArgumentException">The type mentions types of a module.</exception>
    public HostFunction CreateIn(StoreState store) => new(store, _type ??= HostTypes.Define(store.Types, type), _body, name);

    // Guests trust the types of references. Numbers need no check: every bit pattern is a value.
    private static HostFunctionBody Checked(FuncType type, HostFunctionBody body)
    {
        ArgumentNullException.ThrowIfNull(type);
        ArgumentNullException.ThrowIfNull(body);
        ValType[] references = Array.FindAll(type.Results.ToArray(), result => result.IsReference);
        if (references.Length == 0) return body;
        return (ref HostFrame frame) =>
        {
            body(ref frame);
            for (int i = 0; i < references.Length; i++) CheckResult(ref frame.ReferenceAt(i), references[i], frame.Store);
        };
    }

    // Most are what the guest gets as they are: not writing those again spares the collector's barrier.
    private static void CheckResult(ref object? reference, ValType type, StoreState store)
    {
        object? inside = References.Checked(reference, type, store);
        if (inside != reference) reference = inside;
    }
}
