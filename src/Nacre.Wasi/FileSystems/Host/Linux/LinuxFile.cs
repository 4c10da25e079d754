using System.Runtime.InteropServices;

namespace Nacre.Wasi.FileSystems;

/// <summary>A regular file of Linux.</summary>
/// <param name="handle">Its descriptor, which it closes.</param>
internal sealed class LinuxFile(LinuxHandle handle) : WasiFile
{
    // Guards whether the descriptor appends: then it does so wherever it is told to write.
    private readonly Lock _lock = new();
    private bool _isAppending;

    public override Errno Stat(out Filestat stat) => LinuxStat.Of(handle, out stat);

    public override Errno SetTimes(TimeChange access, TimeChange modification)
    {
        Span<long> times = stackalloc long[LinuxTimes.Length];
        LinuxTimes.Write(access, modification, times);
        return Answer(LinuxCalls.SetTimes(handle, times));
    }

    public override Errno Sync(bool dataOnly)
    {
        while (true)
        {
            Errno error = Answer(dataOnly ? LinuxCalls.SyncData(handle) : LinuxCalls.Sync(handle));
            if (error != Errno.Intr) return error;
        }
    }

    public override Errno Read(ulong byteOffset, Span<byte> buffer, out int byteCount)
    {
        byteCount = 0;
        if (byteOffset > (ulong)(long.MaxValue - buffer.Length)) return Errno.Success;      // no file reaches that far
        while (true)
        {
            Errno error = Answer(LinuxCalls.Read(handle, buffer, (nuint)buffer.Length, (long)byteOffset), out byteCount);
            if (error != Errno.Intr) return error;
        }
    }

    public override Errno Write(ulong byteOffset, ReadOnlySpan<byte> bytes, out int byteCount)
    {
        byteCount = 0;
        if (byteOffset > (ulong)(long.MaxValue - bytes.Length)) return Errno.Fbig;
        lock (_lock)
        {
            Errno error = SetAppending(false);
            while (error == Errno.Success)
            {
                error = Answer(LinuxCalls.Write(handle, bytes, (nuint)bytes.Length, (long)byteOffset), out byteCount);
                if (error != Errno.Intr) break;
                error = Errno.Success;
            }
            return error;
        }
    }

    /// <summary>The system finds the end and writes in one step, also among processes.</summary>
    public override Errno Append(ReadOnlySpan<byte> bytes, out int byteCount, out ulong endOffset)
    {
        (byteCount, endOffset) = (0, 0);
        lock (_lock)
        {
            Errno error = SetAppending(true);
            while (error == Errno.Success)
            {
                error = Answer(LinuxCalls.WriteOn(handle, bytes, (nuint)bytes.Length), out byteCount);
                if (error != Errno.Intr) break;
                error = Errno.Success;
            }
            // The descriptor's own position is where the writing ended; nothing else uses it.
            if (error == Errno.Success) endOffset = (ulong)LinuxCalls.Seek(handle, 0, LinuxCalls.FromHere);
            return error;
        }
    }

    public override Errno SetSize(ulong byteCount)
    {
        if (byteCount > long.MaxValue) return Errno.Inval;
        while (true)
        {
            Errno error = Answer(LinuxCalls.SetSize(handle, (long)byteCount));
            if (error != Errno.Intr) return error;
        }
    }

    public override Errno Allocate(ulong byteOffset, ulong byteCount)
    {
        if (byteOffset > long.MaxValue || byteCount > long.MaxValue - byteOffset) return Errno.Fbig;
        while (true)
        {
            Errno error = Answer(LinuxCalls.Allocate(handle, mode: 0, (long)byteOffset, (long)byteCount));
            if (error != Errno.Intr) return error;
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) handle.Dispose();
        base.Dispose(disposing);
    }

    private Errno SetAppending(bool isAppending)
    {
        if (isAppending == _isAppending) return Errno.Success;
        int flags = LinuxCalls.NonBlocking | (isAppending ? LinuxCalls.Append : 0);
        Errno error = Answer(LinuxCalls.Control(handle, LinuxCalls.SetFlagsCommand, flags));
        if (error == Errno.Success) _isAppending = isAppending;
        return error;
    }

    private static Errno Answer(int result) => result >= 0 ? Errno.Success : HostErrors.OfLinux(Marshal.GetLastPInvokeError());

    private static Errno Answer(nint result, out int byteCount)
    {
        byteCount = result >= 0 ? (int)result : 0;
        return result >= 0 ? Errno.Success : HostErrors.OfLinux(Marshal.GetLastPInvokeError());
    }
}
