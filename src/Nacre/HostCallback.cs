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
        if (FrameShape.Of(new FuncType([], type.Results)).ReferenceCount == 0) return body;
        return (ref HostFrame frame) =>
        {
            body(ref frame);
            CheckResults(type, ref frame);
        };
    }

    private static void CheckResults(FuncType type, ref HostFrame frame)
    {
        int index = 0;
        foreach (ValType result in type.Results)
        {
            if (!result.IsReference) continue;
            ref object? reference = ref frame.ReferenceAt(index++);
            reference = References.Checked(reference, result, frame.Store);
        }
    }
}
