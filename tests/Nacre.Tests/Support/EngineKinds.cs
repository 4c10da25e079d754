using Nacre.Tiering;

namespace Nacre.Tests.Support;

/// <summary>Options for tests that run on every engine.</summary>
internal static class EngineKinds
{
    /// <summary>Options for an engine; one that compiles what is hot does so at once, so that the test runs in compiled code, too.</summary>
    public static EngineOptions Options(this EngineKind kind) => new() { Kind = kind, Tiering = TieringOptions.Eager };
}
