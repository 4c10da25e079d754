using Nacre.Wasi.FileSystems;

namespace Nacre.Wasi.Tests;

/// <summary>An empty directory of some file system for a guest, and the host's way to see and change what is in it.</summary>
internal abstract class TestDirectory : IDisposable
{
    public abstract WasiDirectory Root { get; }

    public static TestDirectory Create(FileSystemKind kind) => kind switch
    {
        FileSystemKind.Overlay => new Overlaid(),
        FileSystemKind.Host => new HostTestDirectory(HostDirectory.Open),
        FileSystemKind.Portable => new HostTestDirectory(PortableDirectory.Open),
        _ => new InMemory(),
    };

    /// <summary>Writes a file, with the directories above it.</summary>
    public abstract void WriteFile(string path, ReadOnlySpan<byte> bytes);

    public abstract byte[] ReadFile(string path);

    public virtual void Dispose() { }

    private sealed class InMemory : TestDirectory
    {
        private readonly MemoryFileSystem _system = new(TimeProvider.System);

        public override WasiDirectory Root => _system.Root;

        public override void WriteFile(string path, ReadOnlySpan<byte> bytes) => _system.WriteFile(path, bytes);

        public override byte[] ReadFile(string path) => _system.ReadFile(path);
    }

    // Of what the host writes, nothing is above; of what the guest writes, nothing is below.
    private sealed class Overlaid : TestDirectory
    {
        private readonly MemoryFileSystem _lower = new(TimeProvider.System) { Device = 2 };

        public Overlaid()
        {
            var upper = new MemoryFileSystem(TimeProvider.System);
            Root = new OverlayDirectory(upper.Root, _lower.Root);
        }

        public override WasiDirectory Root { get; }

        public override void WriteFile(string path, ReadOnlySpan<byte> bytes) => _lower.WriteFile(path, bytes);

        public override byte[] ReadFile(string path) => TestFiles.Read(Root, path);
    }
}
