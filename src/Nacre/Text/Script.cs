using Nacre.Binary;
using Nacre.Syntax;

namespace Nacre.Text;

/// <summary>A command of a script.</summary>
/// <remarks>The script language is that of the reference interpreter.</remarks>
/// <param name="Start">Where it begins, in bytes from the beginning of the text.</param>
internal abstract record ScriptCommand(int Start)
{
    /// <summary>Whether this is one of the <c>assert_</c> commands.</summary>
    public virtual bool IsAssertion => true;
}

/// <summary><c>(module …)</c>, <c>(module definition …)</c>: defines a module, and unless it is only a definition instantiates it.</summary>
internal sealed record ModuleCommand(int Start, string? Id, ScriptModule Module, bool IsDefinition) : ScriptCommand(Start)
{
    public override bool IsAssertion => false;
}

/// <summary><c>(module instance $i $m)</c>: instantiates a module defined before.</summary>
internal sealed record InstanceCommand(int Start, string? Id, string? ModuleId) : ScriptCommand(Start)
{
    public override bool IsAssertion => false;
}

/// <summary><c>(register "name" $i)</c>: lets later modules import from an instance.</summary>
internal sealed record RegisterCommand(int Start, string Name, string? Id) : ScriptCommand(Start)
{
    public override bool IsAssertion => false;
}

/// <summary>An action whose results do not matter.</summary>
internal sealed record ActionCommand(int Start, ScriptAction Action) : ScriptCommand(Start)
{
    public override bool IsAssertion => false;
}

/// <summary><c>(thread $t (shared (module $m)) …)</c>: runs commands at the same time as those that follow.</summary>
internal sealed record ThreadCommand(int Start, string? Id, string[] SharedIds, ScriptCommand[] Commands) : ScriptCommand(Start)
{
    public override bool IsAssertion => false;
}

/// <summary><c>(wait $t)</c>: waits for the end of a thread.</summary>
internal sealed record WaitCommand(int Start, string? Id) : ScriptCommand(Start)
{
    public override bool IsAssertion => false;
}

/// <summary><c>assert_return</c>.</summary>
internal sealed record AssertReturn(int Start, ScriptAction Action, ResultPattern[] Results) : ScriptCommand(Start);

/// <summary>How an action, or the instantiation of a module, ends other than by returning.</summary>
internal enum Outcome
{
    /// <summary><c>assert_trap</c>.</summary>
    Trap,
    /// <summary><c>assert_exhaustion</c>.</summary>
    Exhaustion,
    /// <summary><c>assert_exception</c>.</summary>
    Exception,
}

/// <summary><c>assert_trap</c>, <c>assert_exhaustion</c>, <c>assert_exception</c> of an action.</summary>
internal sealed record AssertOutcome(int Start, Outcome Outcome, ScriptAction Action, string Text) : ScriptCommand(Start);

/// <summary>What is wrong about a module.</summary>
internal enum Defect
{
    /// <summary><c>assert_malformed</c>, <c>assert_malformed_custom</c>.</summary>
    Malformed,
    /// <summary><c>assert_invalid</c>, <c>assert_invalid_custom</c>.</summary>
    Invalid,
    /// <summary><c>assert_unlinkable</c>.</summary>
    Unlinkable,
    /// <summary><c>assert_trap</c> of a module: its instantiation traps.</summary>
    Trap,
}

/// <summary>An assertion that a module cannot be used.</summary>
internal sealed record AssertDefect(int Start, Defect Defect, ScriptModule Module, string Text) : ScriptCommand(Start);

/// <summary>What is done to an instance.</summary>
/// <param name="Id">The instance; null for the last one.</param>
/// <param name="Name">The export.</param>
/// <param name="Arguments">Arguments of a call; null for reading a global.</param>
internal sealed record ScriptAction(string? Id, string Name, ResultPattern[]? Arguments);

/// <summary>A module inside of a script, not looked at before it is asked for.</summary>
internal abstract record ScriptModule
{
    /// <summary>The module in the binary format.</summary>
    /// <exception cref="MalformedModuleException">It is malformed.</exception>
    /// <exception cref="InvalidModuleException">It is invalid in a way that the text tells.</exception>
    public abstract ReadOnlyMemory<byte> ToBinary(WasmFeatures features);
}

/// <summary>A module in the text format, tokens of the script itself.</summary>
internal sealed record TextModule(TokenStream Stream, int First, int End) : ScriptModule
{
    /// <inheritdoc/>
    public override ReadOnlyMemory<byte> ToBinary(WasmFeatures features)
        => ModuleEncoder.Encode(ModuleReader.ParseAt(Stream, First, End, features));
}

/// <summary>A module in the text format, given as a string.</summary>
internal sealed record QuotedModule(TextSource Source) : ScriptModule
{
    /// <inheritdoc/>
    public override ReadOnlyMemory<byte> ToBinary(WasmFeatures features) => ModuleEncoder.Encode(ModuleParser.Parse(Source, features));
}

/// <summary>A module in the binary format, given as a string.</summary>
internal sealed record BinaryModule(ReadOnlyMemory<byte> Bytes) : ScriptModule
{
    /// <inheritdoc/>
    public override ReadOnlyMemory<byte> ToBinary(WasmFeatures features) => Bytes;
}
