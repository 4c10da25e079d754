using System.Net;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using Nacre.Cli.Platform;
using Nacre.Wasi;
using Nacre.Wasi.FileSystems;

namespace Nacre.Cli.Running;

/// <summary>What a guest is given of this process and its machine. What was opened for the guest is closed with it.</summary>
internal sealed class Belongings : IDisposable
{
    private readonly List<IDisposable> _opened = [];

    /// <summary>Opens what the request names.</summary>
    /// <exception cref="IOException">A directory, a file or an address cannot be opened.</exception>
    /// <exception cref="UnauthorizedAccessException">This process may not open it.</exception>
    /// <exception cref="UsageException">The guest may not have as much as it is given.</exception>
    public Belongings(RunRequest request)
    {
        try
        {
            Options = Streams(request) with
            {
                Arguments = ProgramArguments(request),
                Environment = request.Environment,
                TimeProvider = TimeProvider.System,
                Directories = request.Mounts.Length == 0 ? [] : Directories(request.Mounts),
                Listeners = request.Listeners.Length == 0 ? [] : Listeners(request.Listeners),
            };
            CheckOpenFiles(request);
            if (request.MaximumOpenFileCount is { } count) Options = Options with { MaximumOpenFileCount = count };
            if (request.MaximumThreadCount is { } threadCount) Options = Options with { MaximumThreadCount = threadCount };
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>What the guest gets.</summary>
    public WasiOptions Options { get; }

    public void Dispose()
    {
        foreach (IDisposable opened in _opened) opened.Dispose();
    }

    private static void CheckOpenFiles(RunRequest request)
    {
        const int StandardStreamCount = 3;
        int openCount = StandardStreamCount + request.Mounts.Length + request.Listeners.Length;
        if (request.MaximumOpenFileCount < openCount)
            throw new UsageException($"--max-open-files is {request.MaximumOpenFileCount}, and {openCount} are open from the start");
    }

    private WasiOptions Streams(RunRequest request)
    {
        WasiOptions options = request.InheritsStandardStreams
            ? new WasiOptions
            {
                StandardInput = Host.OpenInput(),
                StandardOutput = Host.OpenOutput(),
                StandardError = Host.OpenError(),
                Terminals = (Host.IsTerminal(0) ? StandardStreams.Input : 0)
                    | (Host.IsTerminal(1) ? StandardStreams.Output : 0)
                    | (Host.IsTerminal(2) ? StandardStreams.Error : 0),
            }
            : new WasiOptions();
        return request.StandardInput is null
            ? options
            : options with { StandardInput = Keep(OpenFile(request.StandardInput)), Terminals = options.Terminals & ~StandardStreams.Input };
    }

    // The methods that follow stand apart, so that what they use is not loaded for a guest without it (docs/decisions/0003).
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static FileStream OpenFile(string path) => File.OpenRead(path);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private PreopenedDirectory[] Directories(Mount[] mounts) => Array.ConvertAll(mounts, mount =>
    {
        WasiDirectory directory = Keep(HostDirectory.Open(mount.HostPath));
        return new PreopenedDirectory(mount.GuestPath, mount.IsReadOnly ? new ReadOnlyDirectory(directory) : directory);
    });

    [MethodImpl(MethodImplOptions.NoInlining)]
    private Socket[] Listeners(IPEndPoint[] endPoints) => Array.ConvertAll(endPoints, endPoint =>
    {
        Socket socket = Keep(new Socket(endPoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp));
        try
        {
            socket.Bind(endPoint);
            socket.Listen();
            return socket;
        }
        catch (SocketException error)
        {
            throw new IOException($"cannot listen at {endPoint}: {error.Message}", error);
        }
    });

    private T Keep<T>(T opened)
        where T : IDisposable
    {
        _opened.Add(opened);
        return opened;
    }

    private static string[] ProgramArguments(RunRequest request)
    {
        string name = FileName(request.File);
        return request.Invoke is null ? [name, .. request.GuestArguments] : [name];
    }

    // A plain loop: the first search in a text with the framework's means takes as long as instantiating a small guest.
    private static string FileName(string path)
    {
        int start = path.Length;
        while (start > 0 && path[start - 1] != Path.DirectorySeparatorChar && path[start - 1] != Path.AltDirectorySeparatorChar) start--;
        return path[start..];
    }
}
