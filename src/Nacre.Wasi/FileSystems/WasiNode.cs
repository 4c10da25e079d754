namespace Nacre.Wasi.FileSystems;

/// <summary>An open file or directory: a handle that whoever opened it disposes of.</summary>
/// <remarks>
/// What can be expected to go wrong is answered by an <see cref="Errno"/>, never thrown. A handle goes on to mean the same file when its
/// name is moved or removed. A guest with threads calls it on several of them at once, though nothing any more once it is being disposed of.
/// The bytes that it is given to write may change meanwhile, when they lie in a memory that threads share.
/// </remarks>
public abstract class WasiNode : IDisposable
{
    /// <summary>Tells what is known about it.</summary>
    public abstract Errno Stat(out Filestat stat);

    /// <summary>Changes its times.</summary>
    /// <param name="access">What becomes of the time of the last reading.</param>
    /// <param name="modification">What becomes of the time of the last change of its bytes.</param>
    public virtual Errno SetTimes(TimeChange access, TimeChange modification) => Errno.Rofs;

    /// <summary>Returns when what was written is where a failing machine would not lose it.</summary>
    /// <param name="dataOnly">Whether times and the like may be left out.</param>
    public virtual Errno Sync(bool dataOnly) => Errno.Success;

    /// <summary>Closes the handle. What was opened through it stays open.</summary>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <inheritdoc cref="Dispose()"/>
    /// <param name="disposing">Whether it is called by <see cref="Dispose()"/> rather than by a finalizer.</param>
    protected virtual void Dispose(bool disposing) { }
}
