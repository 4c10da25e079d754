namespace Nacre;

/// <summary>What runs the code of modules.</summary>
public enum EngineKind
{
    /// <summary>The fastest engine that the platform allows.</summary>
    Auto,
    /// <summary>The interpreter: runs everywhere, starts at once.</summary>
    Interpreter,
    /// <summary>The compiler: each function becomes machine code when it is first called. Needs a platform where .NET compiles at run time.</summary>
    Compiler,
}
