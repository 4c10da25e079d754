using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Nacre.Runtime;

/// <summary>Puts the stub in front of the handler that CoreCLR has for SIGSEGV.</summary>
/// <remarks>
/// Nothing is installed unless what is there is known: Linux, CoreCLR with its JIT, its own handler, on the alternate stack.
/// Safe because the buffers have the size of the system's structure, and the page with the stub is first written and then made
/// executable, never both, and never unmapped.
/// </remarks>
internal static unsafe class GuardFaultHandler
{
    private const int SegmentationFault = 11;
    private const int TakesInfo = 4, OnAlternateStack = 0x0800_0000;       // SA_SIGINFO, SA_ONSTACK
    private const string DebuggersTable = "g_dacTable";

    private static nint s_stub;     // 0 until it is installed

    /// <summary>Whether system, processor and runtime are of the kind.</summary>
    public static bool IsSupported
        => OperatingSystem.IsLinux() && Environment.Is64BitProcess && GuardFaultStub.IsSupported && RuntimeFeature.IsDynamicCodeCompiled;

    /// <summary>Whether the stub is the first to get the signal. Somebody else's handler in front of it may or may not pass the signal on.</summary>
    public static bool IsFirst
    {
        get
        {
            SignalAction present;
            return s_stub != 0 && UnixCalls.SignalAction(SegmentationFault, null, &present) == 0 && present.Handler == s_stub;
        }
    }

    /// <summary>Makes faults in a range look, to the runtime, like faults at <paramref name="reported"/>.</summary>
    /// <returns>False when the present handler is not CoreCLR's or the system refuses; then nothing has changed.</returns>
    public static bool TryInstall(nint arena, ulong byteCount, nint reported)
    {
        SignalAction present, ours, replaced;
        if (UnixCalls.SignalAction(SegmentationFault, null, &present) != 0 || !IsOfCoreClr(present)) return false;

        nint stub = TryMakeExecutable(GuardFaultStub.Make(arena, byteCount, reported, next: present.Handler));
        if (stub == 0) return false;
        ours = present;
        ours.Handler = stub;
        if (UnixCalls.SignalAction(SegmentationFault, &ours, &replaced) != 0) return false;
        if (replaced.Handler == present.Handler)
        {
            s_stub = stub;
            return true;
        }
        _ = UnixCalls.SignalAction(SegmentationFault, &replaced, null);     // somebody else came in between: let them be
        return false;
    }

    private static bool IsOfCoreClr(in SignalAction action)
        => (action.Flags & TakesInfo) != 0 && (action.Flags & OnAlternateStack) != 0 && LiesInCoreClr(action.Handler);

    // CoreCLR exports its table for debuggers. It is a library, or part of a program in a single file.
    private static bool LiesInCoreClr(nint address)
    {
        nint program = NativeLibrary.GetMainProgramHandle();
        if (!NativeLibrary.TryGetExport(program, "dladdr", out nint dladdr)) return false;
        var find = (delegate* unmanaged<nint, ModuleInfo*, int>)dladdr;
        ModuleInfo module;
        if (find(address, &module) == 0) return false;
        if (!NativeLibrary.TryGetExport(program, DebuggersTable, out nint table)
            && (Marshal.PtrToStringUTF8(module.FileName) is not { } fileName
                || !NativeLibrary.TryLoad(fileName, out nint library)
                || !NativeLibrary.TryGetExport(library, DebuggersTable, out table))) return false;
        ModuleInfo runtime;
        return find(table, &runtime) != 0 && runtime.Base == module.Base;
    }

    private static nint TryMakeExecutable(ReadOnlySpan<byte> code)
    {
        var pageByteCount = (nuint)Environment.SystemPageSize;
        nint page = UnixCalls.Map(pageByteCount, UnixCalls.ProtectReadWrite);
        if (page == UnixCalls.MapFailed) return 0;
        code.CopyTo(new Span<byte>((void*)page, (int)pageByteCount));
        return UnixCalls.Protect(page, pageByteCount, UnixCalls.ProtectReadExecute) == 0 ? page : 0;
    }

    /// <summary><c>struct sigaction</c> of glibc and musl on 64-bit Linux.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 152)]
    private struct SignalAction
    {
        [FieldOffset(0)] public nint Handler;
        [FieldOffset(136)] public int Flags;        // after the mask of 1024 bits
    }

    /// <summary><c>Dl_info</c>.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct ModuleInfo
    {
        public nint FileName, Base, SymbolName, SymbolAddress;
    }
}
