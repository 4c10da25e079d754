using Microsoft.Win32.SafeHandles;

namespace Nacre.Wasi.FileSystems;

/// <summary>A file descriptor of Linux, which it closes.</summary>
internal sealed class LinuxHandle : SafeHandleMinusOneIsInvalid
{
    /// <summary>Takes what a call answered, a descriptor or -1.</summary>
    public LinuxHandle(int descriptor) : base(ownsHandle: true) => SetHandle(descriptor);

    // Where closing fails the descriptor is gone all the same.
    protected override bool ReleaseHandle()
    {
        _ = LinuxCalls.Close((int)handle);
        return true;
    }
}
