using System.Diagnostics;
using System.Globalization;
using System.Text;
using Nacre.Binary;
using Nacre.Syntax;
using Nacre.Text;

namespace Nacre.Benchmarks;

/// <summary>How many bytes of text are parsed in a second, and what becomes of texts that are out of the ordinary?</summary>
internal static class TextBenchmarks
{
    private const int TextByteCount = 10_000_000, Depth = 100_000, LocalCount = 1_000_000;

    /// <summary>Parses a file, or a printed module of 10 MB flat and folded, and then the unusual texts.</summary>
    public static void Run(string? path)
    {
        if (path is not null)
        {
            Report(path, File.ReadAllBytes(path));
            return;
        }
        Report("flat", Generate(fold: false));
        Report("folded", Generate(fold: true));
        Once($"{Depth} blocks inside of each other, folded", Nest("(block ", ")"));
        Once($"{Depth} blocks inside of each other, flat", Nest("block ", "end "));
        Once($"{Depth} operands inside of each other", Nest("(i32.eqz ", ")", "(drop ", "(i32.const 0)", ")"));
        Once($"{Depth} comments inside of each other", Nest("(;", ";)", "(func)", "", "", wrap: false));
        Once($"{LocalCount} locals", Locals());
    }

    private static void Report(string name, byte[] text)
        => Console.WriteLine($"parse, {name}, {text.Length / 1e6:F1} MB: {Measurement.Of(() => ModuleParser.Parse(text)).Rates(text.Length)}");

    // As many copies of a generated module's text as make the size, each function once.
    private static byte[] Generate(bool fold)
    {
        for (int byteCount = TextByteCount / 8; ; byteCount += byteCount / 8)
        {
            string text = ModulePrinter.Print(ModuleDecoder.Decode(GeneratedModule.Create(byteCount)), new PrintOptions { Fold = fold });
            if (text.Length >= TextByteCount) return Encoding.UTF8.GetBytes(text);
        }
    }

    private static void Once(string name, string text)
    {
        byte[] utf8 = Encoding.UTF8.GetBytes(text);
        string outcome = "parsed";
        long start = Stopwatch.GetTimestamp();
        try
        {
            ModuleParser.Parse(utf8, features: WasmFeatures.All);
        }
        catch (MalformedModuleException refusal)
        {
            outcome = refusal.Message.Split('\n')[0];
        }
        Console.WriteLine($"{name}: {Stopwatch.GetElapsedTime(start).TotalMilliseconds:F0} ms, {outcome}");
    }

    private static string Nest(string open, string close, string before = "", string inside = "", string after = "", bool wrap = true)
    {
        string nested = string.Concat(Enumerable.Repeat(open, Depth)) + inside + string.Concat(Enumerable.Repeat(close, Depth));
        return wrap ? $"(func {before}{nested}{after})" : $"{before}{nested}{after}";
    }

    private static string Locals()
    {
        var text = new StringBuilder("(func ");
        for (int i = 0; i < LocalCount; i++) text.Append(CultureInfo.InvariantCulture, $"(local $l{i} i32)");
        return text.Append(')').ToString();
    }
}
