namespace Nacre.Cli.Tests;

/// <summary>A folder for the files of one test.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("nacre-");

    /// <summary>Writes a file and returns its path.</summary>
    public string File(string name, byte[] bytes)
    {
        string path = Path.Combine(_folder.FullName, name);
        System.IO.File.WriteAllBytes(path, bytes);
        return path;
    }

    public string Missing => Path.Combine(_folder.FullName, "missing.wasm");

    public string Folder => _folder.FullName;

    public void Dispose() => _folder.Delete(recursive: true);
}
