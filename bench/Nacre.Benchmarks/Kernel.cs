using System.Text.Json;

namespace Nacre.Benchmarks;

/// <summary>A kernel of <c>bench/guests</c>: how it is called to do much work, what it then returns, and the modules there are of it.</summary>
internal sealed record Kernel(string Name, int N, int Checksum, IReadOnlyList<KernelBuild> Builds)
{
    /// <summary>The kernels listed in <paramref name="folder"/>; of them those in <paramref name="names"/>, unless that is empty.</summary>
    /// <exception cref="ArgumentException">There is no kernel of such a name.</exception>
    public static List<Kernel> Read(string folder, IReadOnlyCollection<string> names)
    {
        using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, "kernels.json")));
        List<Kernel> kernels = [.. document.RootElement.EnumerateArray().Select(Read)];
        foreach (string name in names)
        {
            if (!kernels.Exists(kernel => kernel.Name == name)) throw new ArgumentException($"there is no kernel {name}", nameof(names));
        }
        return names.Count == 0 ? kernels : kernels.FindAll(kernel => names.Contains(kernel.Name));
    }

    /// <summary>The file of <paramref name="build"/>, in the folder of the kernels.</summary>
    public string FileName(KernelBuild build) => Name + (build == KernelBuild.Simd ? ".simd.wasm" : ".wasm");

    private static Kernel Read(JsonElement kernel)
    {
        JsonElement large = kernel.GetProperty("large");
        return new Kernel(
            kernel.GetProperty("name").GetString()!,
            large.GetProperty("n").GetInt32(),
            large.GetProperty("checksum").GetInt32(),
            [.. kernel.GetProperty("builds").EnumerateArray().Select(build => Enum.Parse<KernelBuild>(build.GetString()!, ignoreCase: true))]);
    }
}

/// <summary>How a kernel became a module.</summary>
internal enum KernelBuild
{
    /// <summary><c>-O2</c>, no vectors.</summary>
    Scalar,
    /// <summary><c>-O3 -msimd128</c>: loops are vectorised, or the source is written with vectors.</summary>
    Simd,
}
