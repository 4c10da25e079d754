namespace Nacre;

/// <summary>What runs the code of modules.</summary>
public enum EngineKind
{
    /// <summary>
    /// Begins in the interpreter, and compiles the functions that prove to be hot, in the background; the interpreter alone where .NET
    /// cannot compile at run time. A function goes over to compiled code when it is called next: one that loops for long in a single call
    /// is interpreted to its end, but what it calls is compiled.
    /// </summary>
    Auto,
    /// <summary>The interpreter: runs everywhere, starts at once.</summary>
    Interpreter,
    /// <summary>The compiler: each function becomes machine code when it is first called. Needs a platform where .NET compiles at run time.</summary>
    /// <remarks>
    /// A call that comes to a function with more values at a time than a method of .NET may have (65,535) ends with a
    /// <see cref="NotSupportedException"/>; one whose frame fits no stack, with <see cref="ExhaustionException"/>. <see cref="Auto"/> interprets both.
    /// </remarks>
    Compiler,
}
