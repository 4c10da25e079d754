using System.Reflection;
using System.Text.Json;
using Nacre.Tests.Support;
using Xunit.Sdk;

namespace Nacre.Tests.Scripts;

/// <summary>Random modules, and what V8 answered when every export was called.</summary>
public class DifferentialTests
{
    [DifferentialTheory, DifferentialModules]
    public void A_random_module_answers_as_V8_did(string name, EngineKind kind)
    {
        string path = Path.Combine(Suites.Differential!, name);
        using JsonDocument expected = JsonDocument.Parse(File.ReadAllBytes($"{path}.expected.json"));
        string[] log = [.. expected.RootElement.GetProperty("log").EnumerateArray().Select(line => WithoutReason(line.GetString()!))];
        bool isInstantiated = expected.RootElement.GetProperty("verdict").GetString() == "ok";

        using var guest = new DifferentialGuest(kind);
        Assert.Equal(isInstantiated, guest.Run(File.ReadAllBytes($"{path}.wasm")));
        Assert.Equal(log, guest.Log);
    }

    [DifferentialFact]
    public void There_are_as_many_modules_as_their_authors_say()
        => Assert.Equal(110, Directory.GetFiles(Suites.Differential!, "*.wasm").Length);

    // The kinds of traps have no wording in common between engines.
    private static string WithoutReason(string line)
        => line.IndexOf("] trap: ", StringComparison.Ordinal) is > 0 and int end ? line[..(end + "] trap".Length)] : line;
}

/// <summary>A theory over random modules; skipped where there are none.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class DifferentialTheoryAttribute : TheoryAttribute
{
    public DifferentialTheoryAttribute() => Skip = DifferentialFactAttribute.Reason;
}

/// <summary>A fact about random modules; skipped where there are none.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class DifferentialFactAttribute : FactAttribute
{
    public DifferentialFactAttribute() => Skip = Reason;

    public static string? Reason => Suites.Differential is null
        ? $"the random modules with V8's answers are not here; {Suites.Variable} names the folder that has them in a folder \"differential\""
        : null;
}

/// <summary>The name of each random module, on each engine.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class DifferentialModulesAttribute : DataAttribute
{
    public override IEnumerable<object[]> GetData(MethodInfo testMethod)
        => from path in Directory.GetFiles(Suites.Differential!, "*.wasm").Order(StringComparer.Ordinal)
           from engine in new EachEngineAttribute().GetData(testMethod)
           select new[] { Path.GetFileNameWithoutExtension(path), engine[0] };
}
