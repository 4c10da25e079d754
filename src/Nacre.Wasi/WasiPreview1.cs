namespace Nacre.Wasi;

/// <summary>WASI preview 1 for one guest: what it gets from its host under <c>wasi_snapshot_preview1</c>.</summary>
/// <remarks>
/// <para>Define it in a <see cref="Linker"/>, instantiate the guest, and <see cref="Run"/> it:</para>
/// <code>
/// var wasi = new WasiPreview1(new WasiOptions { Arguments = ["app"], StandardOutput = Console.OpenStandardOutput() });
/// Instance app = new Linker(engine).Define(wasi).Instantiate(store, module);
/// uint exitCode = wasi.Run(app);
/// </code>
/// <para>Arguments, environment, clocks, random numbers, standard streams and exit are there. Every other function can be linked and
/// answers <see cref="Errno.Nosys"/>, or <see cref="Errno.Badf"/> when its descriptor is not open. An address outside the guest's memory
/// answers <see cref="Errno.Fault"/>. One object serves one guest, on one thread at a time.</para>
/// </remarks>
[HostModule("wasi_snapshot_preview1")]
public sealed partial class WasiPreview1
{
    private const string StartName = "_start", InitializeName = "_initialize";

    /// <summary>Readies what <paramref name="options"/> give.</summary>
    /// <exception cref="ArgumentException">A text contains a zero character, or a variable's name is empty or contains '='.</exception>
    public WasiPreview1(WasiOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _arguments = new StringTable(options.Arguments, nameof(options));
        _environment = new StringTable(Variables(options), nameof(options));
        _descriptors =
        [
            new Descriptor(options.StandardInput, Rights.Read, options.Terminals.HasFlag(StandardStreams.Input)),
            new Descriptor(options.StandardOutput, Rights.Write, options.Terminals.HasFlag(StandardStreams.Output)),
            new Descriptor(options.StandardError, Rights.Write, options.Terminals.HasFlag(StandardStreams.Error)),
        ];
        _clock = options.TimeProvider is { } time ? new Clock(time) : null;
        _randomSource = options.RandomSource;
    }

    /// <summary>Runs a command, which exports <c>_start</c>, to its end; or readies a reactor, which exports <c>_initialize</c>.</summary>
    /// <returns>The command's exit code; 0 for a reactor, and for a module that exports neither.</returns>
    /// <exception cref="TrapException">The guest trapped.</exception>
    /// <exception cref="ExhaustionException">Stack or fuel were used up.</exception>
    /// <exception cref="GuestException">The guest threw and did not catch.</exception>
    public uint Run(Instance guest)
    {
        ArgumentNullException.ThrowIfNull(guest);
        try
        {
            if (guest.TryGetFunction(StartName, out Function? entry) || guest.TryGetFunction(InitializeName, out entry))
                entry.Invoke();
            return 0;
        }
        catch (WasiExitException exit)
        {
            return exit.ExitCode;
        }
        finally
        {
            foreach (Descriptor? descriptor in _descriptors) descriptor?.Flush();
        }
    }

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
}
