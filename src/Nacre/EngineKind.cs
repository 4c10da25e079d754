namespace Nacre;

/// <summary>What runs the code of modules.</summary>
public enum EngineKind
{
    /// <summary>The fastest engine that the platform allows.</summary>
    Auto,
    /// <summary>The interpreter: runs everywhere, starts at once.</summary>
    Interpreter,
}
