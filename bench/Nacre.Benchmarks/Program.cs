using Nacre;
using Nacre.Benchmarks;

const int GeneratedByteCount = 16 * 1024 * 1024;
const string Usage = """
    usage: Nacre.Benchmarks decode|validate|encode [FILE]    rates over FILE, or over a generated module of 16 MiB
           Nacre.Benchmarks parse [FILE]                     the same for text: FILE, or the generated module printed, and odd texts
           Nacre.Benchmarks startup FILE                     how long the tool takes to start, run FILE and end, by an empty Main
           Nacre.Benchmarks compile FILE [explicit]          what it takes to compile every function of FILE, and the biggest of them
           Nacre.Benchmarks firstoutput FILE ARGUMENT...     from start to first output of a WASI program, by each engine and by node
           Nacre.Benchmarks kernels FOLDER                   instructions a second for each kernel in FOLDER, which is bench/guests
           Nacre.Benchmarks compare FOLDER [--kernels NAME,...] [--rounds N] [--quick]
                                                             times of the kernels by native code (clang) and V8 (node), in Markdown
           Nacre.Benchmarks interpreters NODE_MODULES        QuickJS and SQLite, as npm has them, by the compiler and by V8
           Nacre.Benchmarks tiers FOLDER                     what each engine makes of the kernels, run once and again
           Nacre.Benchmarks interruption FOLDER [KERNEL...]  what it costs that kernels can be interrupted, and that they use fuel
           Nacre.Benchmarks calls                            what calls between host and guests cost
           Nacre.Benchmarks files FOLDER                     how fast guests copy and list files, in a folder inside FOLDER, and ask for the time
           Nacre.Benchmarks instances                        what ten thousand live instances cost

    Run it in Release, on a quiet machine.
    """;

switch (args)
{
    case ["kernels", var folder]: KernelBenchmarks.Run(folder); return 0;
    case ["compare", var folder, ..]: Comparison.Run(folder, args.AsSpan(2)); return 0;
    case ["serve", var kind, var strategy]: return KernelServer.Serve(Enum.Parse<EngineKind>(kind), Enum.Parse<MemoryStrategy>(strategy)) ? 0 : 1;
    case ["tiers", var folder]: TierBenchmarks.Run(folder); return 0;
    case ["interruption", var folder, ..]: InterruptionBenchmark.Run(folder, args[2..]); return 0;
    case ["calls"]: CallBenchmarks.Run(); return 0;
    case ["compile", var file, ..]: CompileBenchmark.Run(file, isGuarded: args is not [_, _, "explicit"]); return 0;
    case ["firstoutput", _, ..]: FirstOutputBenchmark.Run(args[1..]); return 0;
    case ["interpreters", var packages]: InterpreterBenchmark.Run(packages); return 0;
    case ["startup", var guest]: StartUpBenchmark.Run(guest); return 0;
    case ["parse", ..] when args.Length <= 2: TextBenchmarks.Run(args.ElementAtOrDefault(1)); return 0;
    case ["files", var folder]: FileBenchmarks.Run(folder); return 0;
    case ["instances"]: InstanceBenchmarks.Run(); return 0;
}

Func<byte[], Measurement>? benchmark = args is [var name, ..] && args.Length <= 2
    ? name switch
    {
        "decode" => DecodeBenchmark.Run,
        "validate" => ValidateBenchmark.Run,
        "encode" => EncodeBenchmark.Run,
        _ => null,
    }
    : null;
if (benchmark is null)
{
    Console.Error.WriteLine(Usage);
    return 2;
}

byte[] module = args.Length == 2 ? File.ReadAllBytes(args[1]) : GeneratedModule.Create(GeneratedByteCount);
Console.WriteLine($"{args[0]}, {module.Length / 1e6:F1} MB: {benchmark(module).Rates(module.Length)}");
return 0;
