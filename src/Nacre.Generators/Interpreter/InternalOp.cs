namespace Nacre.Generators.Interpreter;

/// <summary>How the dispatch skeletons treat an operation; told in <c>spec/interpreter.txt</c>.</summary>
internal enum OpKind
{
    /// <summary>Leaves the interpreter.</summary>
    Exit,
    /// <summary>Goes on after its words.</summary>
    Step,
    /// <summary>Tells where execution goes on.</summary>
    Jump,
    /// <summary>Enters a function in a frame higher up.</summary>
    Enter,
    /// <summary>Goes back to the caller.</summary>
    Leave,
    /// <summary>Goes on in the frame that the thread has.</summary>
    Frame,
    /// <summary>Counts down to when the function is hot.</summary>
    Count,
}

/// <summary>An operation of internal code.</summary>
/// <param name="Name">The member of <c>Op</c>.</param>
/// <param name="Kind">How it is dispatched.</param>
/// <param name="Words">Its length in words.</param>
/// <param name="Body">What it does, in C#: statements for a step, an expression for where to go on for the others.</param>
/// <param name="IsWide">Whether it belongs to the second half of the loop: vectors and atomics.</param>
internal sealed record InternalOp(string Name, OpKind Kind, int Words, string Body, bool IsWide = false)
{
    /// <summary>In a body: stop the guest, its access reaches beyond its memory.</summary>
    public const string Fault = "FAULT;";

    /// <summary>In a body: let <c>CallSlowly</c> do all of it.</summary>
    public const string Slowly = "SLOWLY;";

    /// <summary>In a body: let <c>BecomeHot</c> tell where execution goes on.</summary>
    public const string Hot = "HOT;";
}
