using Nacre.Runtime;

namespace Nacre;

/// <summary>Function references in a <see cref="HostFrame"/>, as the embedder sees functions.</summary>
public static class HostFrameExtensions
{
    /// <summary>The next argument, as <c>funcref</c>; null is the null reference.</summary>
    public static Function? NextFunction(this ref HostFrame frame) => (Function?)References.ToHost(frame.NextReference());

    /// <summary>Writes the next result, a <c>funcref</c>.</summary>
    /// <exception cref="ArgumentException">The function belongs to another store.</exception>
    public static void Return(this ref HostFrame frame, Function? function)
    {
        if (function is not null && function.State != frame.Store) throw References.Foreign();
        frame.ReturnReference(function?.Instance);
    }
}
