using Nacre.Wasi.FileSystems;

namespace Nacre.Wasi.Tests;

/// <summary>An empty directory of some file system for a guest, and the host's way to see and change what is in it.</summary>
internal abstract class TestDirectory : IDisposable
{
    public abstract WasiDirectory Root { get; }

    public static TestDirectory Create(FileSystemKind kind) => kind switch
    {
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
}
