namespace Nacre.Tests.Binary;

/// <summary>The guests of <c>samples/guests</c> and <c>bench/guests</c>, as a compiler made them.</summary>
internal static class SampleModules
{
    private static string Folder => Path.Combine(AppContext.BaseDirectory, "guests");

    /// <summary>Their names, as <c>samples/hello.wasm</c>, in a fixed order.</summary>
    public static IEnumerable<string> Names => Directory.GetFiles(Folder, "*.wasm", SearchOption.AllDirectories)
        .Select(path => Path.GetRelativePath(Folder, path).Replace('\\', '/'))
        .Order(StringComparer.Ordinal);

    /// <summary>The bytes of one.</summary>
    public static byte[] Read(string name) => File.ReadAllBytes(Path.Combine(Folder, name));

    /// <summary>All of them, as the data of a theory.</summary>
    public static TheoryData<string> Theory => [.. Names];

    /// <summary>Those of at most 16 KiB, as the data of a theory.</summary>
    public static TheoryData<string> SmallTheory => [.. Names.Where(name => Read(name).Length <= 16 * 1024)];
}
