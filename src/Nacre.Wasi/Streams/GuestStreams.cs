using System.IO.Pipelines;

namespace Nacre.Wasi.Streams;

/// <summary>Standard streams of a guest out of what a host has. What they are made of stays the host's.</summary>
public static class GuestStreams
{
    /// <summary>Input that comes from a pipe: it ends when the pipe's other side is complete.</summary>
    public static Stream From(PipeReader input)
    {
        ArgumentNullException.ThrowIfNull(input);
        return input.AsStream(leaveOpen: true);
    }

    /// <summary>Output that goes to a pipe; where its reader is slow, the guest waits.</summary>
    public static Stream From(PipeWriter output)
    {
        ArgumentNullException.ThrowIfNull(output);
        return output.AsStream(leaveOpen: true);
    }

    /// <summary>Input that is a text: the guest reads it as UTF-8.</summary>
    public static Stream From(TextReader input)
    {
        ArgumentNullException.ThrowIfNull(input);
        return new TextInput(input);
    }

    /// <summary>Output that is UTF-8: the host gets it as text, with U+FFFD for what is not.</summary>
    public static Stream From(TextWriter output)
    {
        ArgumentNullException.ThrowIfNull(output);
        return new TextOutput(output);
    }
}
