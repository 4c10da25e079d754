using System.Runtime.CompilerServices;

namespace Nacre.Tests.Support;

/// <summary>Expected texts that stand in files, in the folder <c>Golden</c> beside the test.</summary>
internal static class Golden
{
    /// <summary>Reads an input.</summary>
    public static string Read(string name, [CallerFilePath] string test = "") => File.ReadAllText(PathOf(name, test));

    /// <summary>Compares with a file; <c>BLESS=1</c> rewrites it, and people review the difference.</summary>
    public static void Check(string name, string actual, [CallerFilePath] string test = "")
    {
        string path = PathOf(name, test);
        if (Environment.GetEnvironmentVariable("BLESS") == "1") File.WriteAllText(path, actual);
        Assert.Equal(File.ReadAllText(path).ReplaceLineEndings("\n"), actual);
    }

    private static string PathOf(string name, string test) => Path.Combine(Path.GetDirectoryName(test)!, "Golden", name);
}
