using Nacre.Runtime;
using Nacre.Syntax;
using Nacre.Wasi.Preview1;

namespace Nacre.Wasi;

/// <summary>Shows the calls of WASI functions, a line each: <c>path_open(3, symlink_follow, "a.txt", creat, …) = success, 4</c>.</summary>
/// <param name="output">Where the lines go. It stays the caller's, and is used on the guest's threads, one at a time.</param>
/// <remarks>
/// Give <see cref="Wrap"/> to <see cref="Linker.HostFunctionWrapper"/> before the functions are defined. A call during which other threads
/// make calls takes two lines: one that ends with <c>…</c>, and one that begins with it.
/// </remarks>
public sealed class WasiTrace(TextWriter output)
{
    private readonly Lock _writing = new();
    private string? _unfinished;        // the line without an end

    /// <summary>Makes of a WASI function one that shows its calls. Other functions stay what they are.</summary>
    /// <param name="module">The first name of the function.</param>
    /// <param name="name">The second.</param>
    /// <param name="type">Its parameters and results.</param>
    /// <param name="body">What it does.</param>
    public HostFunctionBody Wrap(string module, string name, FuncType type, HostFunctionBody body)
    {
        ArgumentNullException.ThrowIfNull(type);
        ArgumentNullException.ThrowIfNull(body);
        string[]? words = WasiPreview1.IsModuleName(module) ? TracedSignatures.Of(module, name) : null;
        if (words is null) return body;
        return (ref HostFrame frame) => Call(name, words, type, body, ref frame);
    }

    private void Call(string name, string[] words, FuncType type, HostFunctionBody body, ref HostFrame frame)
    {
        var call = new TracedCall(words, Arguments(type, ref frame), Caller.Of(in frame));
        string line = $"{name}({call.Inputs()})";
        Begin(line);
        bool hasReturned = false;
        try
        {
            frame.BeginResults();
            body(ref frame);
            hasReturned = true;
        }
        finally
        {
            if (!hasReturned) End(line, "");
        }
        End(line, type.Results.Length > 0 ? $" = {Answer(call, ref frame)}" : "");
    }

    private void Begin(string line)
    {
        lock (_writing)
        {
            BreakOff();
            output.Write(line);
            _unfinished = line;
        }
    }

    private void End(string line, string answer)
    {
        lock (_writing)
        {
            if (!ReferenceEquals(_unfinished, line))
            {
                BreakOff();
                output.Write($"… {line}");
            }
            output.WriteLine(answer);
            _unfinished = null;
        }
    }

    private void BreakOff()
    {
        if (_unfinished is not null) output.WriteLine(" …");
        _unfinished = null;
    }

    private static ulong[] Arguments(FuncType type, ref HostFrame frame)
    {
        var arguments = new ulong[type.Parameters.Length];
        for (int index = 0; index < arguments.Length; index++)
            arguments[index] = type.Parameters[index] == ValType.I64 ? (ulong)frame.NextInt64() : (uint)frame.NextInt32();
        return arguments;
    }

    private static string Answer(TracedCall call, ref HostFrame frame)
    {
        frame.BeginResults();
        var errno = (Errno)frame.NextInt32();
        return errno == Errno.Success && call.Outputs() is { Length: > 0 } outputs
            ? $"{TracedText.Of(errno)}, {outputs}"
            : TracedText.Of(errno);
    }
}
