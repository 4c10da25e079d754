using System.Reflection;
using Xunit.Sdk;

namespace Nacre.Wasi.Tests.Official;

/// <summary>The programs of preview 1 of the official suite, each on every file system and every engine.</summary>
public sealed class TestsuiteTests
{
    // These make hard links and change the times of symbolic ones, which paths alone cannot (HostDirectory).
    private static readonly string[] s_withLinks = ["path_link", "symlink_filestat"];

    [TestsuiteTheory, EachProgram]
    public void A_program_goes_as_its_specification_tells(string program, FileSystemKind kind, EngineKind engine)
    {
        using var directory = TestDirectory.Create(kind);
        new TestsuiteProgram(Path.Combine(Testsuite.Folder!, program)).Run(engine, directory);
    }

    private sealed class EachProgramAttribute : DataAttribute
    {
        public override IEnumerable<object[]> GetData(MethodInfo testMethod)
            => from program in Testsuite.Programs
               from kind in FileSystemKinds.Here
               where kind != FileSystemKind.Portable || !s_withLinks.Contains(Path.GetFileNameWithoutExtension(program))
               from engine in Enum.GetValues<EngineKind>()
               select new object[] { Path.GetRelativePath(Testsuite.Folder!, program), kind, engine };
    }
}

/// <summary>Where the suite is: the folder of a checkout of WebAssembly/wasi-testsuite, branch <c>prod/testsuite-base</c>.</summary>
internal static class Testsuite
{
    private const string Variable = "NACRE_WASI_TESTSUITE";

    public const string Missing = $"The official WASI test suite is not here: {Variable} names the folder of its branch prod/testsuite-base.";

    public static string? Folder { get; } = Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } folder ? Path.GetFullPath(folder) : null;

    /// <summary>The programs of preview 1.</summary>
    public static IEnumerable<string> Programs => Directory.GetFiles(Path.Combine(Folder!, "tests"), "*.wasm", SearchOption.AllDirectories)
        .Where(static program => Path.GetFileName(Path.GetDirectoryName(program)) == "wasm32-wasip1").Order(StringComparer.Ordinal);
}

/// <summary>A theory about the suite's programs. It is skipped where they are not.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class TestsuiteTheoryAttribute : TheoryAttribute
{
    public TestsuiteTheoryAttribute() => Skip = Testsuite.Folder is null ? Testsuite.Missing : null;
}
