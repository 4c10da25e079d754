using System.Diagnostics;
using System.Globalization;

namespace Nacre.Benchmarks;

/// <summary>A process that runs kernels on request: a line "kernel n" is answered by "checksum processor clock", times in nanoseconds.</summary>
/// <remarks>It stays alive between requests, so that measurements of several contenders can take turns while each stays warm.</remarks>
internal sealed class Contender : IDisposable
{
    private readonly Process _process;
    private readonly Func<Kernel, KernelBuild, string> _argument;

    /// <summary>Starts a contender.</summary>
    /// <param name="name">What its column is called.</param>
    /// <param name="folder">The folder of the kernels, where it runs.</param>
    /// <param name="command">The program and its arguments.</param>
    /// <param name="argument">What it calls a kernel.</param>
    public Contender(string name, string folder, IReadOnlyList<string> command, Func<Kernel, KernelBuild, string> argument)
    {
        Name = name;
        _argument = argument;
        _process = Process.Start(new ProcessStartInfo(command[0], command.Skip(1))
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
    }

    /// <summary>What its column is called.</summary>
    public string Name { get; }

    /// <summary>Whether it takes many times as long as the others, so that fewer runs must do.</summary>
    public bool IsSlow { get; init; }

    /// <summary>Runs a kernel once.</summary>
    /// <exception cref="InvalidOperationException">The process ended, or the checksum is wrong.</exception>
    public RunTime Run(Kernel kernel, KernelBuild build)
    {
        _process.StandardInput.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{_argument(kernel, build)} {kernel.N}"));
        _process.StandardInput.Flush();
        string answer = _process.StandardOutput.ReadLine()
            ?? throw new InvalidOperationException($"{Name} ended instead of running {kernel.FileName(build)}");
        long[] numbers = [.. answer.Split(' ').Select(number => long.Parse(number, CultureInfo.InvariantCulture))];
        if (numbers[0] != kernel.Checksum)
            throw new InvalidOperationException($"{Name}: {kernel.FileName(build)} gave {numbers[0]} for {kernel.N} instead of {kernel.Checksum}");
        return new RunTime(numbers[1], numbers[2]);
    }

    /// <summary>Ends the process: its requests come to an end.</summary>
    public void Dispose()
    {
        _process.StandardInput.Close();
        _process.WaitForExit();
        _process.Dispose();
    }
}

/// <summary>What a run took, in nanoseconds: of the process on all cores together, and by the clock.</summary>
internal readonly record struct RunTime(long Processor, long Clock);
