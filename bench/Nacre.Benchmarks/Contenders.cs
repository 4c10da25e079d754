namespace Nacre.Benchmarks;

/// <summary>Who takes part in a comparison: whatever of it there is on this machine.</summary>
internal sealed class Contenders : IDisposable
{
    /// <summary>The name of scalar native code, which everything is measured by first.</summary>
    public const string NativeScalar = "native -O2";

    /// <summary>The name of the optimising compiler of V8, which everything is measured by as well.</summary>
    public const string V8 = "V8";

    private readonly string _folder;
    private readonly DirectoryInfo _builds = Directory.CreateTempSubdirectory("nacre-bench-");
    private readonly List<Contender> _contenders = [];

    /// <summary>Starts them all, and says on standard error who is missing.</summary>
    public Contenders(string folder, IReadOnlyList<Kernel> kernels)
    {
        _folder = folder;
        AddNative(kernels);
        AddV8();
        AddNacre();
    }

    /// <summary>In the order of their columns.</summary>
    public IReadOnlyList<Contender> All => _contenders;

    /// <summary>Ends them all.</summary>
    public void Dispose()
    {
        foreach (Contender contender in _contenders) contender.Dispose();
        _builds.Delete(recursive: true);
    }

    private void AddNative(IReadOnlyList<Kernel> kernels)
    {
        if (!kernels.All(kernel => File.Exists(NativeBuild.SourceOf(_folder, kernel)))) return;
        if ((Find("clang-19") ?? Find("clang")) is not { } clang)
        {
            Console.Error.WriteLine("There is no clang: the columns of native code are left out.");
            return;
        }
        foreach ((string name, string[] options) in new[] { (NativeScalar, NativeBuild.Scalar), ("native -O3", NativeBuild.Full) })
            Add(name, [NativeBuild.Build(clang, _folder, _builds.FullName, kernels, options)], (kernel, _) => kernel.Name);
    }

    private void AddV8()
    {
        if (Find("node") is { } node) Add(V8, [node, "--no-liftoff", Path.Combine(_folder, "../v8/driver.js")], (kernel, build) => kernel.FileName(build));
        else Console.Error.WriteLine("There is no node: the column of V8 is left out.");
    }

    private void AddNacre()
    {
        foreach (MemoryStrategy strategy in Enum.GetValues<MemoryStrategy>())
        {
            if (strategy != MemoryStrategy.Auto) AddNacre(EngineKind.Compiler, strategy);
        }
        AddNacre(EngineKind.Interpreter, MemoryStrategy.Explicit);
    }

    private void AddNacre(EngineKind kind, MemoryStrategy strategy)
    {
        using var engine = new Engine(new EngineOptions { Kind = kind, MemoryStrategy = strategy });
        string name = kind == EngineKind.Interpreter ? "interpreter" : $"compiler, {(strategy == MemoryStrategy.Guard ? "guard" : "explicit")}";
        if (engine.MemoryStrategy != strategy)
        {
            Console.Error.WriteLine($"This process cannot have guard pages: the column '{name}' is left out.");
            return;
        }
        string[] command = ["dotnet", typeof(Contenders).Assembly.Location, "serve", $"{kind}", $"{strategy}"];
        Add(name, command, (kernel, build) => kernel.FileName(build), isSlow: kind == EngineKind.Interpreter);
    }

    private void Add(string name, string[] command, Func<Kernel, KernelBuild, string> argument, bool isSlow = false)
        => _contenders.Add(new Contender(name, _folder, command, argument) { IsSlow = isSlow });

    private static string? Find(string program) => (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        .SelectMany(folder => new[] { Path.Combine(folder, program), Path.Combine(folder, program + ".exe") })
        .FirstOrDefault(File.Exists);
}
