using System.Reflection;
using System.Text;
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
        var output = new MemoryStream();
        using var engine = new Engine(new EngineOptions { Kind = kindOfEngine });
        using var store = new Store(engine);
        using var wasi = new WasiPreview1(new WasiOptions
        {
            Arguments = [program],
            Directories = [new PreopenedDirectory("/", directory.Root)],
            StandardOutput = output,
            StandardError = output,
            TimeProvider = TimeProvider.System,
        });
        Module module = engine.Compile(File.ReadAllBytes(Path.Combine(s_guests, program + ".wasm")));
        Assert.Equal(0u, wasi.Run(new Linker(engine).Define(wasi).Instantiate(store, module)));
        Assert.Equal(File.ReadAllText(Path.Combine(s_guests, program + ".expected")), Encoding.UTF8.GetString(output.ToArray()));
    }

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
