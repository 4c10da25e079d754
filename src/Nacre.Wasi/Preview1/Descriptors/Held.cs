namespace Nacre.Wasi.Preview1;

/// <summary>A descriptor that one call uses: it stays open until this is disposed of, also when another thread closes it meanwhile.</summary>
internal readonly ref struct Held : IDisposable
{
    private readonly Descriptor? _descriptor;

    /// <param name="descriptor">One that was told to be held, for this; null when there is none.</param>
    public Held(Descriptor? descriptor) => _descriptor = descriptor;

    /// <summary>Whether there is none.</summary>
    public bool IsNone => _descriptor is null;

    /// <summary>The descriptor, where there is one.</summary>
    public Descriptor Descriptor => _descriptor!;

    /// <summary>The same as a directory, which it is when its rights are those of one.</summary>
    public DirectoryDescriptor Directory => (DirectoryDescriptor)_descriptor!;

    public void Dispose() => _descriptor?.Release();
}
