using System.Reflection;
using System.Text;
using Nacre.Syntax;
using Nacre.Tests.Support;
using Xunit.Sdk;

namespace Nacre.Wasi.Tests;

/// <summary>Programs that compilers made, in an empty directory, with their exact output. tests/guests has the sources.</summary>
public class GuestProgramsTests
{
    private static readonly string s_guests = Path.Combine(AppContext.BaseDirectory, "test-guests");

    // What these show, paths alone cannot do.
    private static readonly string[] s_withHandlesAndLinks = ["files", "directories"];

    [Theory, EachProgram]
    public void A_program_prints_what_it_should(FileSystemKind kind, EngineKind kindOfEngine, string program)
    {
        using var directory = TestDirectory.Create(kind);
        using var output = new MemoryStream();
        Assert.Equal(0u, Run(kindOfEngine, directory, output, program));
        Assert.Equal(File.ReadAllText(Path.Combine(s_guests, program + ".expected")), Text(output));
    }

    [Theory, EachEngine]
    public void A_program_of_Rust_ends_with_the_code_it_chooses(EngineKind kindOfEngine)
    {
        using var directory = TestDirectory.Create(FileSystemKind.Memory);
        using var output = new MemoryStream();
        Assert.Equal(3u, Run(kindOfEngine, directory, output, "library", "exit"));
        Assert.Equal(1u, Run(kindOfEngine, directory, output, "library", "error"));
        Assert.EndsWith("Error: Custom { kind: Other, error: \"out of luck\" }\n", Text(output), StringComparison.Ordinal);
    }

    [Theory, EachEngine]
    public void A_panic_of_Rust_tells_why_and_traps(EngineKind kindOfEngine)
    {
        using var directory = TestDirectory.Create(FileSystemKind.Memory);
        using var output = new MemoryStream();
        var trap = Assert.Throws<TrapException>(() => Run(kindOfEngine, directory, output, "library", "panic"));
        Assert.Equal(TrapKind.Unreachable, trap.Kind);
        Assert.Contains("panicked at tests/guests/library.rs", Text(output), StringComparison.Ordinal);
        Assert.Contains("at the disco", Text(output), StringComparison.Ordinal);
    }

    private static uint Run(EngineKind kind, TestDirectory directory, MemoryStream output, params string[] arguments)
    {
        bool hasThreads = arguments[0] == "threads";
        using var engine = new Engine(new EngineOptions { Kind = kind, Interruptible = hasThreads, Features = WasmFeatures.All });
        using var store = new Store(engine);
        using var wasi = new WasiPreview1(new WasiOptions
        {
            Arguments = arguments,
            Environment = [new("GREETING", "Grüß Gott")],
            Directories = [new PreopenedDirectory("/", directory.Root)],
            StandardInput = new MemoryStream("to be or\nnot to be\n"u8.ToArray()),
            StandardOutput = output,
            StandardError = output,
            TimeProvider = TimeProvider.System,
        });
        Module module = engine.Compile(File.ReadAllBytes(Path.Combine(s_guests, arguments[0] + ".wasm")));
        Linker linker = new Linker(engine).Define(wasi);
        if (hasThreads) wasi.DefineThreadsIn(linker, store, module);
        return wasi.Run(linker.Instantiate(store, module));
    }

    private static string Text(MemoryStream output) => Encoding.UTF8.GetString(output.ToArray());

    private sealed class EachProgramAttribute : DataAttribute
    {
        public override IEnumerable<object[]> GetData(MethodInfo testMethod)
            => from file in Directory.GetFiles(s_guests, "*.expected")
               from kind in FileSystemKinds.Here
               where kind != FileSystemKind.Portable || !s_withHandlesAndLinks.Contains(Path.GetFileNameWithoutExtension(file))
               from engine in Enum.GetValues<EngineKind>()
               select new object[] { kind, engine, Path.GetFileNameWithoutExtension(file) };
    }
}
