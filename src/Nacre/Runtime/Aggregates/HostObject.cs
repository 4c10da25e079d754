namespace Nacre.Runtime;

/// <summary>An object of the host as a reference of the <c>any</c> hierarchy. As <c>externref</c>, it is itself.</summary>
/// <remarks>Spec: Execution, Runtime Structure, Values (<c>ref.host</c>).</remarks>
internal sealed class HostObject : AnyInstance
{
    private readonly object _object;

    private HostObject(object hostObject) : base(type: null) => _object = hostObject;

    /// <summary><c>any.convert_extern</c>.</summary>
    public static object? Internalize(object? reference) => reference is null or AnyInstance ? reference : new HostObject(reference);

    /// <summary><c>extern.convert_any</c>.</summary>
    public static object? Externalize(object? reference) => reference is HostObject host ? host._object : reference;
}
