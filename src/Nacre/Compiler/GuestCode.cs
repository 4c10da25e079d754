using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using Nacre.Runtime;
using Nacre.Syntax;

namespace Nacre.Compiler;

/// <summary>Finds the guest's frames in the host's call stack.</summary>
[RequiresDynamicCode("Compiles guest code at run time.")]
internal sealed class GuestCode
{
    // Where the runtime raises for compiled code what the machine does not raise by itself.
    private const string ThrowHelpers = "Internal.Runtime.CompilerHelpers.ThrowHelpers";

    // Code that is forgotten has no frames.
    private readonly ConcurrentDictionary<string, WeakReference<CodeVariant>> _variants = new();

    private const int FirstSweepAt = 64;
    private int _sweepAt = FirstSweepAt;

    /// <summary>Makes the frames of some code known.</summary>
    public void Add(CodeVariant code)
    {
        _variants[code.AssemblyName] = new WeakReference<CodeVariant>(code);
        if (_variants.Count >= Volatile.Read(ref _sweepAt)) Sweep();
    }

    // Names of code that is gone, each time that there are twice as many as were left.
    private void Sweep()
    {
        foreach ((string name, WeakReference<CodeVariant> reference) in _variants)
            if (!reference.TryGetTarget(out _)) _variants.TryRemove(name, out _);
        Volatile.Write(ref _sweepAt, Math.Max(FirstSweepAt, 2 * _variants.Count));
    }

    /// <summary>Whether an exception was raised by an instruction of compiled code itself, rather than by something that it called.</summary>
    public bool IsRaisedByGuest(Exception exception)
    {
        foreach (StackFrame frame in new StackTrace(exception, fNeedFileInfo: false).GetFrames())
        {
            if (CodeOf(frame, out _, out _) is not null) return true;
            if (DiagnosticMethodInfo.Create(frame)?.DeclaringTypeName != ThrowHelpers) return false;
        }
        return false;
    }

    /// <summary>Adds those guest frames between throw and catch that are not there yet.</summary>
    /// <param name="thrown">What is on its way through the host's stack: the exception itself, or what it is made from.</param>
    /// <param name="exception">Learns of the frames.</param>
    public void ReportFrames(Exception thrown, WasmException exception)
    {
        if (exception.GuestStack.Count >= WasmException.MaxGuestFrameCount) return;
        int known = exception.TracedFrameCount, traced = 0;
        foreach (StackFrame frame in new StackTrace(thrown, fNeedFileInfo: false).GetFrames())
        {
            if (exception.GuestStack.Count >= WasmException.MaxGuestFrameCount) break;
            if (CodeOf(frame, out FuncIndex function, out int piece) is not { } code || traced++ < known) continue;
            int? raisedAt = null;
            Func<Opcode, bool> isCause = LargeFrame.IsCall;
            if (exception.GuestStack.Count == 0)
            {
                raisedAt = exception.RaisedAt;
                isCause = exception is TrapException trap ? opcode => MayRaise(opcode, trap.Kind) : _ => true;
            }
            int byteOffset = raisedAt ?? code.ByteOffsetOf(function, piece, frame.GetILOffset(), isCause);
            exception.AddFrame(code.Module.DescribeFrame(function, byteOffset));
        }
        if (thrown == exception) exception.TracedFrameCount = traced;
    }

    // That a guest was interrupted no instruction can help.
    private static bool MayRaise(Opcode opcode, TrapKind kind) => kind == TrapKind.Interrupted || OpcodeInfo.Traps(opcode).Contains(kind);

    private CodeVariant? CodeOf(StackFrame frame, out FuncIndex function, out int piece)
    {
        function = default;
        piece = 0;
        if (DiagnosticMethodInfo.Create(frame) is not { } method) return null;
        string assembly = method.DeclaringAssemblyName;
        if (!assembly.StartsWith(DynamicCode.GuestPrefix, StringComparison.Ordinal)) return null;
        int end = assembly.IndexOf(',', StringComparison.Ordinal);
        if (!_variants.TryGetValue(end < 0 ? assembly : assembly[..end], out WeakReference<CodeVariant>? reference)) return null;
        if (!reference.TryGetTarget(out CodeVariant? code)) return null;
        if (DynamicCode.FunctionOf(method.DeclaringTypeName!) is not { } found) return null;
        (function, piece) = found;
        return code;
    }
}
