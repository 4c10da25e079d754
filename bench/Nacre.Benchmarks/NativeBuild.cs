using System.Diagnostics;

namespace Nacre.Benchmarks;

/// <summary>The kernels compiled for this machine by clang, with the options that their modules are compiled with.</summary>
internal static class NativeBuild
{
    /// <summary>Scalar code: what a module without vectors can be measured by.</summary>
    public static readonly string[] Scalar = ["-O2", "-fno-vectorize", "-fno-slp-vectorize"];

    /// <summary>All that clang does unasked.</summary>
    public static readonly string[] Full = ["-O3"];

    private static readonly string[] s_common = ["-std=gnu17", "-ffreestanding", "-fno-optimize-sibling-calls", "-ffp-contract=off"];

    /// <summary>Where the source of a kernel is, when it is written in C.</summary>
    public static string SourceOf(string folder, Kernel kernel) => Path.Combine(folder, kernel.Name + ".c");

    /// <summary>Builds one program of all <paramref name="kernels"/> in <paramref name="folder"/>; it and its objects are put into <paramref name="target"/>.</summary>
    /// <exception cref="InvalidOperationException">The compiler failed.</exception>
    public static string Build(string clang, string folder, string target, IReadOnlyList<Kernel> kernels, string[] options)
    {
        string program = Path.Combine(target, "kernels" + options[0]);
        var objects = new List<string>();
        foreach (Kernel kernel in kernels)
        {
            objects.Add($"{program}.{kernel.Name}.o");
            Run(clang, [.. s_common, .. options, $"-Drun=run_{kernel.Name}", "-c", SourceOf(folder, kernel), "-o", objects[^1]]);
        }
        string list = string.Join(' ', kernels.Select(kernel => $"KERNEL({kernel.Name})"));
        Run(clang, ["-O2", $"-DKERNELS={list}", Path.Combine(folder, "../native/driver.c"), .. objects, "-lm", "-o", program]);
        return program;
    }

    private static void Run(string program, IReadOnlyList<string> arguments)
    {
        using Process process = Process.Start(program, arguments);
        process.WaitForExit();
        if (process.ExitCode != 0) throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} failed");
    }
}
