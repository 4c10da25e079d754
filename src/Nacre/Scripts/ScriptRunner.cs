using Nacre.Syntax;
using Nacre.Text;

namespace Nacre.Scripts;

/// <summary>Runs scripts: the <c>.wast</c> files of the official suite, and others in the language of the reference interpreter.</summary>
/// <remarks>Expected messages have to be how the real ones begin. A script that is malformed as a whole is one failure.</remarks>
public sealed class ScriptRunner
{
    private readonly TextSource _source;
    private readonly Engine _engine;
    private readonly Lock _lock = new();
    private readonly List<ScriptFailure> _failures = [];
    private int _passedCount;

    private ScriptRunner(TextSource source, Engine engine) => (_source, _engine) = (source, engine);

    /// <summary>Runs a script.</summary>
    /// <param name="utf8">The script in UTF-8.</param>
    /// <param name="fileName">Where it came from, for messages.</param>
    /// <param name="engine">What runs it; its options say which features modules may use.</param>
    /// <returns>How it went.</returns>
    /// <exception cref="ObjectDisposedException">The engine was disposed.</exception>
    public static ScriptReport Run(byte[] utf8, string fileName, Engine engine)
    {
        ArgumentNullException.ThrowIfNull(utf8);
        ArgumentNullException.ThrowIfNull(engine);
        engine.ThrowIfDisposed();
        var runner = new ScriptRunner(new TextSource(utf8, fileName), engine);
        try
        {
            using var world = new ScriptWorld(engine, isMain: true, runner.Run);
            runner.Run(world, ScriptParser.Parse(runner._source));
            world.WaitForAll();
        }
        catch (MalformedModuleException e)
        {
            runner._failures.Add(new ScriptFailure(e.Position ?? default, e.Message));
        }
        return new ScriptReport(runner._passedCount, runner._failures);
    }

    private void Run(ScriptWorld world, ScriptCommand[] commands)
    {
        foreach (ScriptCommand command in commands) Run(world, command);
    }

    private void Run(ScriptWorld world, ScriptCommand command)
    {
        string? failure;
        try
        {
            failure = Execute(world, command);
        }
        catch (WasmException e)
        {
            failure = $"{e.GetType().Name}: {e.Message}";
        }
        // A script can get at mistakes of the embedding API (an unknown export, an argument of a wrong type); they are its failures.
        catch (Exception e) when (e is ArgumentException or InvalidOperationException or KeyNotFoundException)
        {
            failure = $"{e.GetType().Name}: {e.Message}";
        }
        lock (_lock)
        {
            if (failure is not null) _failures.Add(new ScriptFailure(_source.PositionOf(command.Start), failure));
            else if (command.IsAssertion && world.IsMain) _passedCount++;
        }
    }

    // What is wrong; null when nothing is.
    private string? Execute(ScriptWorld world, ScriptCommand command)
    {
        switch (command)
        {
            case ModuleCommand module: world.Define(module.Id, Compile(module.Module), module.IsDefinition); return null;
            case InstanceCommand instance: world.Instantiate(instance.Id, instance.ModuleId); return null;
            case RegisterCommand register: world.Register(register.Name, register.Id); return null;
            case ActionCommand action: world.Do(action.Action); return null;
            case ThreadCommand thread: world.Start(thread); return null;
            case WaitCommand wait: world.Wait(wait.Id); return null;
            case AssertReturn assert: return CheckResults(world.Do(assert.Action), assert.Results);
            case AssertOutcome assert: return CheckOutcome(() => world.Do(assert.Action), assert.Outcome, assert.Text);
            default: return CheckDefect(world, (AssertDefect)command);
        }
    }

    private Module Compile(ScriptModule module) => _engine.Compile(module.ToBinary(_engine.Options.Features).Span);

    private static string? CheckResults(Value[] values, ResultPattern[] patterns)
    {
        bool matches = values.Length == patterns.Length;
        for (int i = 0; matches && i < values.Length; i++) matches = ResultMatching.Matches(values[i], patterns[i]);
        return matches ? null
            : $"expected {string.Join(", ", patterns.Select(ResultMatching.Describe))}; got {string.Join(", ", values.Select(ResultMatching.Describe))}";
    }

    private static string? CheckOutcome(Func<Value[]> action, Outcome outcome, string text)
    {
        try
        {
            Value[] values = action();
            return $"expected {outcome} \"{text}\"; got {string.Join(", ", values.Select(ResultMatching.Describe))}";
        }
        catch (WasmException e) when (outcome switch
        {
            Outcome.Trap => e is TrapException,
            Outcome.Exhaustion => e is ExhaustionException,
            _ => e is GuestException,
        })
        {
            return CheckText(e, text);
        }
    }

    private string? CheckDefect(ScriptWorld world, AssertDefect assert)
    {
        try
        {
            Module module = Compile(assert.Module);
            if (assert.Defect is Defect.Unlinkable or Defect.Trap) world.Try(module);
            return $"expected {assert.Defect} \"{assert.Text}\"; the module is accepted";
        }
        catch (WasmException e) when (assert.Defect switch
        {
            Defect.Malformed => e is MalformedModuleException,
            Defect.Invalid => e is InvalidModuleException,
            Defect.Unlinkable => e is LinkException,
            _ => e is TrapException,
        })
        {
            return CheckText(e, assert.Text);
        }
    }

    private static string? CheckText(WasmException e, string text)
        => e.Message.StartsWith(text, StringComparison.Ordinal) ? null : $"expected \"{text}\"; got {e.GetType().Name}: {e.Message}";
}
