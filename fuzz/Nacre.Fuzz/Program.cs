using System.Diagnostics;
using System.Globalization;
using Nacre.Fuzz.Oracles;
using Nacre.Fuzz.Targets;
using Nacre.Fuzz.Verbs;

if (args is ["engines", .. var choices] && choices.Length <= 3) return EnginesVerb.Run(choices);
if (args is ["make", var madeSeed, var madeNumber, var madePath]) return EnginesVerb.Make(madeSeed, madeNumber, madePath);
if (args is ["show", var shown, .. var which] && which.Length <= 2) return EnginesVerb.Show(shown, which);
string[][] kinds = [[".wasm"], [".wat", ".wast"]];
int kind = Array.IndexOf(["mutate", "mutate-text"], args.FirstOrDefault());
if (kind < 0 || args is not [_, var folder, .. var numbers] || numbers.Length > 2)
{
    Console.Error.WriteLine("""
        usage: Nacre.Fuzz engines [COUNT] [SEED] [FIRST]

        Makes COUNT (10000) valid modules that SEED (1) determines, from number FIRST (0) on, and checks that all engines do the same
        with them. Those that differ are made smaller and written to artifacts/fuzz. Exit code 1 when there was such a one.

        usage: Nacre.Fuzz make SEED NUMBER PATH

        Writes a module to PATH.wasm and PATH.wat without running it.

        usage: Nacre.Fuzz show FILE [SEED] [NUMBER]

        Tells what each engine does with a module (.wasm or .wat), with the arguments that a seed (1) and number (0) determine.

        usage: Nacre.Fuzz mutate FOLDER [COUNT] [SEED]
               Nacre.Fuzz mutate-text FOLDER [COUNT] [SEED]

        Damages the modules (mutate: *.wasm) or the texts of modules and scripts (mutate-text: *.wat, *.wast) under FOLDER in COUNT ways
        (100000) that SEED (1) determines, and checks that each variant is refused with a documented error or accepted. What is not is
        written to artifacts/fuzz. Exit code 1 when there was such a one.
        """);
    return 2;
}

int count = numbers.Length > 0 ? int.Parse(numbers[0], CultureInfo.InvariantCulture) : 100_000;
ulong seed = numbers.Length > 1 ? ulong.Parse(numbers[1], CultureInfo.InvariantCulture) : 1;
byte[][] samples = [.. Directory.GetFiles(folder, "*", SearchOption.AllDirectories)
    .Where(path => kinds[kind].Contains(Path.GetExtension(path))).Order(StringComparer.Ordinal).Select(File.ReadAllBytes)];

Target target = kind == 0 ? new MutateTarget(samples, seed) : new MutateTextTarget(samples, seed);
long start = Stopwatch.GetTimestamp();
target.Run(first: 0, count);

string outcomes = string.Join(", ", Enum.GetValues<Outcome>().Where(outcome => target.Counts[(int)outcome] > 0)
    .Select(outcome => $"{target.Counts[(int)outcome]} {outcome}"));
Console.WriteLine($"{count} variants of {samples.Length} files, seed {seed}: {outcomes}");
Console.WriteLine($"{Stopwatch.GetElapsedTime(start).TotalSeconds:F0} s; slowest {target.Slowest.TotalMilliseconds:F0} ms; "
    + $"most allocated {target.Hungriest / 1024} KiB; peak working set {Process.GetCurrentProcess().PeakWorkingSet64 >> 20} MiB");
foreach (Finding finding in target.Findings)
{
    string path = Path.Combine(Directory.CreateDirectory("artifacts/fuzz").FullName, $"{args[0]}-{seed}-{finding.Number}{kinds[kind][^1]}");
    File.WriteAllBytes(path, finding.Input);
    Console.WriteLine($"{path}: {finding.Problem}");
}
return target.Findings.Count == 0 ? 0 : 1;
