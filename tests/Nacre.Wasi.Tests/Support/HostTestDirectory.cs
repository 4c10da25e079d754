using Nacre.Wasi.FileSystems;

namespace Nacre.Wasi.Tests;

/// <summary>A directory of the host, which goes with all that is in it.</summary>
internal sealed class HostTestDirectory : TestDirectory
{
    private readonly string _path = Directory.CreateTempSubdirectory("nacre-").FullName;

    public HostTestDirectory(Func<string, WasiDirectory> open) => Root = open(_path);

    public string HostPath => _path;

    public override WasiDirectory Root { get; }

    public override void WriteFile(string path, ReadOnlySpan<byte> bytes)
    {
        string file = Path.Combine(_path, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllBytes(file, bytes);
    }

    public override byte[] ReadFile(string path) => File.ReadAllBytes(Path.Combine(_path, path));

    public override void Dispose()
    {
        Root.Dispose();
        Directory.Delete(_path, recursive: true);
        base.Dispose();
    }
}
