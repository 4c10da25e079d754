using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;

namespace Nacre.Generators.Tests.HostModules;

public class HostModuleGeneratorTests
{
    private const string EveryShape = """
        using System.Runtime.Intrinsics;
        using Nacre;

        namespace Sample.Inner;

        public enum Errno : ushort { Success }
        public enum Wide : long { None }

        [HostModule("env \"quoted\"")]
        public sealed partial class Env
        {
            [HostFunction("nothing")] public void Nothing() { }
            [HostFunction("caller")] private int WithCaller(Caller caller, uint a, bool b) => 0;
            [HostFunction("wide")] internal static ulong WideOnes(long a, ulong b, Wide c) => 0;
            [HostFunction("floats")] public double Floats(float a, double b) => 0;
            [HostFunction("vector")] public Vector128<byte> Vector(Vector128<byte> a) => a;
            [HostFunction("references")] public Function? References(Function? a, object? b) => a;
            [HostFunction("object")] public object? Object(object a) => a;
            [HostFunction("enums")] public Errno Enums(Errno a) => a;
            [HostFunction("several")] public (int Quotient, bool Exact, float) Several(int @in) => default;
            [HostFunction("truth")] public bool @true() => true;
            public string NotForGuests(string text) => text;
        }
        """;

    [Fact]
    public void Every_shape_is_read_and_written_directly()
    {
        (Compilation compilation, GeneratorDriverRunResult result) = HostModuleDriver.Run(EveryShape);
        Assert.Empty(result.Diagnostics);
        Assert.Empty(compilation.GetDiagnostics().Where(diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning));
        AssertSnapshot("EveryShape.snap", Assert.Single(result.GeneratedTrees).ToString());
    }

    [Theory]
    [InlineData("public class Env { }", "NACRE001", "Env")]
    [InlineData("public static partial class Env { }", "NACRE001", "Env")]
    [InlineData("public partial class Env<T> { }", "NACRE001", "Env")]
    [InlineData("public partial class Env { [HostFunction(\"f\")] public void F<T>() { } }", "NACRE002", "F")]
    [InlineData("public partial class Env { [HostFunction(\"f\")] public void F(string text) { } }", "NACRE003", "text")]
    [InlineData("public partial class Env { [HostFunction(\"f\")] public void F(ref int number) { } }", "NACRE003", "number")]
    [InlineData("public partial class Env { [HostFunction(\"f\")] public void F(int? number) { } }", "NACRE003", "number")]
    [InlineData("public partial class Env { [HostFunction(\"f\")] public string F() => \"\"; }", "NACRE004", "F")]
    [InlineData("public partial class Env { [HostFunction(\"f\")] public (int, decimal) F() => default; }", "NACRE004", "F")]
    [InlineData("public partial class Env { [HostFunction(\"f\")] public async System.Threading.Tasks.Task F() { } }", "NACRE004", "F")]
    [InlineData("public partial class Env { [HostFunction(\"f\")] public void F(int a, Caller caller) { } }", "NACRE005", "caller")]
    [InlineData("public partial class Env { [HostFunction(\"f\")] public void F() { } [HostFunction(\"f\")] public void G() { } }", "NACRE006", "G")]
    public void What_cannot_be_imported_is_an_error_at_its_place_and_nothing_is_made(string declaration, string id, string place)
    {
        string source = $"using Nacre;\n[HostModule(\"env\")] {declaration}";
        (_, GeneratorDriverRunResult result) = HostModuleDriver.Run(source);
        Diagnostic diagnostic = Assert.Single(result.Diagnostics);
        Assert.Equal(id, diagnostic.Id);
        Assert.Equal("Sample.cs", diagnostic.Location.GetLineSpan().Path);
        Assert.Equal(place, source.Substring(diagnostic.Location.SourceSpan.Start, diagnostic.Location.SourceSpan.Length));
        Assert.Empty(result.GeneratedTrees);
    }

    [Fact]
    public void An_edit_elsewhere_does_not_write_the_source_again()
    {
        ImmutableArray<IncrementalStepRunReason> reasons = HostModuleDriver.ReasonsAfterEdit(EveryShape, "\n// a comment");
        Assert.NotEmpty(reasons);
        Assert.All(reasons, reason => Assert.Contains(reason, new[] { IncrementalStepRunReason.Cached, IncrementalStepRunReason.Unchanged }));
    }

    // BLESS=1 rewrites the file; people review the difference.
    private static void AssertSnapshot(string name, string actual, [CallerFilePath] string thisFile = "")
    {
        string path = Path.Combine(Path.GetDirectoryName(thisFile)!, name);
        if (Environment.GetEnvironmentVariable("BLESS") == "1") File.WriteAllText(path, actual);
        Assert.Equal(File.ReadAllText(path), actual);
    }
}
