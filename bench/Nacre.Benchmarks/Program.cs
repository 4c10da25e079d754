using Nacre.Benchmarks;

const int GeneratedByteCount = 16 * 1024 * 1024;
string usage = """
    usage: Nacre.Benchmarks decode|validate|encode [FILE]
           Nacre.Benchmarks parse [FILE]
           Nacre.Benchmarks kernels FOLDER
           Nacre.Benchmarks startup FILE
           Nacre.Benchmarks instances

    Prints the median of several runs over FILE, or over a generated module of 16 MiB; or a row for each kernel in FOLDER, which is
    bench/guests; or how long the tool takes to start, run FILE and end, against an empty Main; or what ten thousand live instances cost.
    `parse` takes text: FILE, or the generated module printed to 10 MB or more, and then texts out of the ordinary. Run it in Release, on a
    quiet machine.
    """;

if (args is ["kernels", var folder])
{
    KernelBenchmarks.Run(folder);
    return 0;
}

if (args is ["startup", var guest])
{
    StartUpBenchmark.Run(guest);
    return 0;
}

if (args is ["parse", ..] && args.Length <= 2)
{
    TextBenchmarks.Run(args.ElementAtOrDefault(1));
    return 0;
}

if (args is ["instances"])
{
    InstanceBenchmarks.Run();
    return 0;
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
    Console.Error.WriteLine(usage);
    return 2;
}

byte[] module = args.Length == 2 ? File.ReadAllBytes(args[1]) : GeneratedModule.Create(GeneratedByteCount);
Console.WriteLine($"{args[0]}, {module.Length / 1e6:F1} MB: {benchmark(module).Rates(module.Length)}");
return 0;
