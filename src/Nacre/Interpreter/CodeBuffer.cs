using Nacre.Runtime;
using Nacre.Syntax;

namespace Nacre.Interpreter;

/// <summary>Internal code under construction, with the wasm position of each word.</summary>
internal sealed class CodeBuffer
{
    private Instr[] _words = new Instr[64];
    private int[] _byteOffsets = new int[64];

    /// <summary>Number of words so far; the position of the next one.</summary>
    public int Count { get; private set; }

    /// <summary>Position of the wasm instruction being translated, in bytes from the module's first.</summary>
    public int ByteOffset { get; set; }

    /// <summary>The word at <paramref name="position"/>.</summary>
    public ref Instr this[int position] => ref _words[position];

    /// <summary>Appends a word and returns its position.</summary>
    public int Add(in Instr word)
    {
        if (Count == _words.Length)
        {
            Array.Resize(ref _words, Count * 2);
            Array.Resize(ref _byteOffsets, Count * 2);
        }
        _words[Count] = word;
        _byteOffsets[Count] = ByteOffset;
        return Count++;
    }

    /// <summary>Takes the last word back.</summary>
    public void RemoveLast() => Count--;

    /// <summary>Copies the code to unmanaged memory that lives as long as <paramref name="arena"/>.</summary>
    public unsafe FunctionCode ToFunctionCode(FuncIndex index, CellArena arena, CatchRegion[] regions, bool isBorder = false)
    {
        // Safe: the arena hands out Count words of two slots each, and the span below covers exactly them.
        var header = (Instr*)arena.Allocate(Count * (sizeof(Instr) / sizeof(ulong)));
        _words.AsSpan(0, Count).CopyTo(new Span<Instr>(header, Count));
        return new FunctionCode(index, header, Count, _byteOffsets.AsSpan(0, Count).ToArray(), regions, isBorder);
    }
}
