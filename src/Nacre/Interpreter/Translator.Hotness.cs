namespace Nacre.Interpreter;

/// <content>Counting, which tells which functions are worth being compiled.</content>
/// <remarks>
/// One word in a function holds what is left, its first instruction; the others count there. What is counted are words of code, as an
/// estimate of time: at the entry and each time around a loop, not more than can be thought to run at once. As compiling takes the longer
/// the larger a function is, a large one must run for longer.
/// </remarks>
internal sealed partial class Translator
{
    private const int MaxWeight = 64;

    // A function of so many words takes twice as long to compile as the smallest.
    private const int WordsThatDoubleThreshold = 256;

    private void BeginCounting()
    {
        if (options.HotnessThreshold is not null) Emit(new Instr { Op = Op.Count });
    }

    private void CountLoop(int position)
    {
        if (options.HotnessThreshold is null) return;
        ref Instr word = ref _code[position];
        word.B = (uint)(position - FunctionCode.HeaderWordCount);
        word.C = WeightOf(_code.Count - position);
    }

    private void CountFunction()
    {
        if (options.HotnessThreshold is not { } threshold) return;
        ref Instr word = ref _code[FunctionCode.HeaderWordCount];
        word.A = (uint)Math.Min(threshold + ((long)threshold * _code.Count / WordsThatDoubleThreshold), int.MaxValue);
        word.C = WeightOf(_code.Count);
    }

    private static uint WeightOf(int wordCount) => (uint)Math.Min(wordCount, MaxWeight);
}
