namespace Nacre.Scripts;

/// <summary>A command of a script that did not do what it should.</summary>
/// <param name="Position">Where the command is.</param>
/// <param name="Message">What was expected, and what came.</param>
public sealed record ScriptFailure(TextPosition Position, string Message);

/// <summary>How a script went.</summary>
/// <param name="PassedCount">Number of <c>assert_</c> commands that hold. Those inside of a thread belong to its command: they are counted
/// only when they fail.</param>
/// <param name="Failures">The commands that failed, assertions and others, in the order they were run.</param>
public sealed record ScriptReport(int PassedCount, IReadOnlyList<ScriptFailure> Failures);
