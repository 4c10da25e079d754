using System.Reflection;
using System.Runtime.CompilerServices;

namespace Nacre.Architecture.Tests;

/// <summary>The public surface as text, so that every change of it is a line that people review. <c>BLESS=1</c> rewrites the files.</summary>
public class PublicApiTests
{
    [Fact]
    public void The_public_surface_of_the_core_is_the_written_one() => AssertWritten(typeof(Engine).Assembly, "Nacre");

    [Fact]
    public void The_public_surface_of_WASI_is_the_written_one() => AssertWritten(typeof(Wasi.WasiPreview1).Assembly, "Nacre.Wasi");

    private static void AssertWritten(Assembly assembly, string package, [CallerFilePath] string thisFile = "")
    {
        string path = Path.Combine(Path.GetDirectoryName(thisFile)!, "..", "PublicApi", $"{package}.txt");
        string actual = PublicApi.Of(assembly);
        if (Environment.GetEnvironmentVariable("BLESS") == "1") File.WriteAllText(path, actual);
        Assert.Equal(File.ReadAllText(path), actual);
    }
}
