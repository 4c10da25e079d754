using System.Net.Sockets;
using System.Text;
using Nacre.Wasi.FileSystems;
using Nacre.Wasi.Preview1;
using Nacre.Wasi.Sockets;

namespace Nacre.Wasi;

/// <summary>WASI preview 1 for one guest: what it gets from its host under <c>wasi_snapshot_preview1</c>.</summary>
/// <remarks>
/// <para>Define it in a <see cref="Linker"/>, instantiate the guest, and <see cref="Run"/> it:</para>
/// <code>
/// var wasi = new WasiPreview1(new WasiOptions { Arguments = ["app"], StandardOutput = Console.OpenStandardOutput() });
/// Instance app = new Linker(engine).Define(wasi).Instantiate(store, module);
/// uint exitCode = wasi.Run(app);
/// </code>
/// <para>The guest has what the options give and nothing else. An address outside its memory answers <see cref="Errno.Fault"/>. One object
/// serves one guest, with the threads that <see cref="DefineThreadsIn"/> lets it have. Dispose of it to close what the guest left open.</para>
/// </remarks>
[HostModule(ModuleName)]
public sealed partial class WasiPreview1 : IDisposable
{
    private const string ModuleName = "wasi_snapshot_preview1";
    private const string StartName = "_start", InitializeName = "_initialize";

    private readonly WriteQuota _quota;
    private readonly int _maximumThreadCount;

    /// <summary>Readies what <paramref name="options"/> give.</summary>
    /// <exception cref="ArgumentException">A text contains a zero character, or a variable's name is empty or contains '='.</exception>
    public WasiPreview1(WasiOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _arguments = new StringTable(options.Arguments, nameof(options));
        _environment = new StringTable(Variables(options), nameof(options));
        _quota = new WriteQuota((ulong)options.MaximumWrittenByteCount, options.MaximumDirectoryEntryCount);
        _descriptors = new DescriptorTable(options.MaximumOpenFileCount);
        Lock output = new(), error = options.StandardError == options.StandardOutput ? output : new Lock();
        Open(new StreamDescriptor(options.StandardInput, Rights.Input, options.Terminals.HasFlag(StandardStreams.Input), writing: new Lock()));
        Open(new StreamDescriptor(options.StandardOutput, Rights.Output, options.Terminals.HasFlag(StandardStreams.Output), output));
        Open(new StreamDescriptor(options.StandardError, Rights.Output, options.Terminals.HasFlag(StandardStreams.Error), error));
        foreach (PreopenedDirectory preopened in options.Directories)
        {
            byte[] name = Encoding.UTF8.GetBytes(preopened.GuestPath);
            Open(new DirectoryDescriptor(preopened.Directory, Rights.Directory, Rights.Directory | Rights.File, name));
        }
        foreach (Socket listener in options.Listeners) Open(new ListenerDescriptor(listener));
        _maximumThreadCount = options.MaximumThreadCount;
        _clock = options.TimeProvider is { } time ? new Clock(time) : null;
        _randomSource = options.RandomSource;
        _maximumRandomByteCount = options.MaximumRandomByteCount;
    }

    /// <summary>
    /// Defines what guests from before preview 1 import, under <c>wasi_unstable</c>, in a linker in which this object is defined already.
    /// </summary>
    public Linker DefineUnstableIn(Linker linker)
    {
        ArgumentNullException.ThrowIfNull(linker);
        return linker.DefineAlias(WasiUnstable.Name, ModuleName).Define(new WasiUnstable(this));
    }

    /// <summary>Whether functions of WASI are imported under this first name.</summary>
    internal static bool IsModuleName(string module) => module is ModuleName or WasiUnstable.Name;

    /// <summary>Runs a command, which exports <c>_start</c>, to its end; or readies a reactor, which exports <c>_initialize</c>.</summary>
    /// <returns>The command's exit code; 0 for a reactor, and for a module that exports neither.</returns>
    /// <remarks>When it returns or throws, all threads of the guest have ended. What one of them throws that ends the guest is thrown here.</remarks>
    /// <exception cref="TrapException">The guest trapped.</exception>
    /// <exception cref="ExhaustionException">Stack or fuel were used up.</exception>
    /// <exception cref="GuestException">The guest threw and did not catch.</exception>
    /// <exception cref="LinkException">What it exports under that name is no function without parameters and results.</exception>
    public uint Run(Instance guest)
    {
        ArgumentNullException.ThrowIfNull(guest);
        try
        {
            if (guest.TryGetFunction(StartName, out Function? entry)) return Start(entry, StartName);
            return guest.TryGetFunction(InitializeName, out entry) ? Start(entry, InitializeName) : 0;
        }
        catch (WasiExitException exit)
        {
            return exit.ExitCode;
        }
        finally
        {
            _descriptors.Flush();
        }
    }

    private uint Start(Function entry, string name)
    {
        if (entry.Type is not { Parameters.IsEmpty: true, Results.IsEmpty: true })
            throw new LinkException($"\"{name}\" is {entry.Type}, where [] → [] is expected");
        if (_threads is not null) return _threads.Run(entry);
        entry.Invoke();
        return 0;
    }

    /// <summary>Closes every descriptor of the guest. Streams and directories that the host gave stay open.</summary>
    public void Dispose() => _descriptors.CloseAll();

    /// <summary>Ends the guest.</summary>
    /// <exception cref="WasiExitException">Always.</exception>
    [HostFunction("proc_exit")]
    private static void ProcExit(uint exitCode) => throw new WasiExitException(exitCode);

    [HostFunction("sched_yield")]
    private static Errno SchedYield()
    {
        Thread.Yield();
        return Errno.Success;
    }

    private void Open(Descriptor descriptor)
    {
        if (_descriptors.Add(descriptor, out _) != Errno.Success)
            throw new ArgumentException("More is opened beforehand than may be open.", nameof(descriptor));
    }
}
