using System.Reflection;
using Nacre.Runtime;
using Nacre.Tests.Support;
using Xunit.Sdk;

namespace Nacre.Tests.Scripts;

/// <summary>Where the official suites are: the folder that <c>NACRE_SUITES</c> names, else <c>shared/suites</c> beside the checkout or
/// <c>artifacts/suites</c> in it.</summary>
internal static class Suites
{
    public const string Variable = "NACRE_SUITES";

    /// <summary>The folder of the official scripts; null when there is none.</summary>
    public static string? Spec { get; } = Find("spec");

    /// <summary>The folder of random modules with another engine's answers; null when there is none.</summary>
    public static string? Differential { get; } = Find("differential");

    private static string? Find(string suite)
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } named) return Existing(named, suite);
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (Existing(Path.Combine(folder.FullName, "shared", "suites"), suite) is { } beside) return beside;
            if (Existing(Path.Combine(folder.FullName, "artifacts", "suites"), suite) is { } inside) return inside;
        }
        return null;
    }

    private static string? Existing(string suites, string suite) => Path.Combine(suites, suite) is var folder && Directory.Exists(folder) ? folder : null;
}

/// <summary>A theory over the official suite; skipped where there is none.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class SuiteTheoryAttribute : TheoryAttribute
{
    public SuiteTheoryAttribute()
    {
        if (Suites.Spec is null) Skip = $"the official suites are not here: run eng/get-suites, or set {Suites.Variable}";
    }
}

/// <summary>Each script of folders of the suite, with its path below the suite's folder, on each engine and with each kind of memories.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class SuiteScriptsAttribute(params string[] folders) : DataAttribute
{
    public string[] Folders { get; } = folders;

    public override IEnumerable<object[]> GetData(MethodInfo testMethod)
        => from folder in Folders
           from path in Directory.GetFiles(Path.Combine(Suites.Spec!, folder), "*.wast", SearchOption.AllDirectories).Order()
           from engine in new EachEngineAttribute().GetData(testMethod)
           from strategy in Strategies()
           select new[] { Path.GetRelativePath(Suites.Spec!, path), engine[0], strategy };

    private static MemoryStrategy[] Strategies()
        => GuardPages.AreAvailable ? [MemoryStrategy.Explicit, MemoryStrategy.Guard] : [MemoryStrategy.Explicit];
}
