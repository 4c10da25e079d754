using Nacre.Runtime;

namespace Nacre.Tests.Support;

/// <summary>A fact about guard pages; skipped where there are none, which <c>GuardPagesTests</c> checks.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class GuardPagesFactAttribute : FactAttribute
{
    public GuardPagesFactAttribute()
    {
        if (!GuardPages.AreAvailable) Skip = "there are no guard pages on this platform";
    }
}
