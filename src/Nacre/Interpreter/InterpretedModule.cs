using System.Diagnostics;
using System.Runtime.CompilerServices;
using Nacre.Runtime;
using Nacre.Syntax;
using Nacre.Validation;

namespace Nacre.Interpreter;

/// <summary>Internal code of a module's functions, each made when first called. Shared by all instances and threads.</summary>
/// <remarks>Safe because there is an entry for each defined function, which is written once its code is complete.</remarks>
internal unsafe class InterpretedModule : ModuleCode
{
    private readonly CellArena _arena = new();
    private readonly Lock _translating = new();
    private GrowingArray<FunctionCode> _functions;
    private bool _isSorted = true;
    private readonly TranslationOptions _options;

    /// <summary>Readies a module; nothing is translated yet.</summary>
    public InterpretedModule(ValidatedModule module, TranslationOptions options)
    {
        Module = module;
        _options = options;
        Entries = (Instr**)_arena.Allocate(module.Definition.Functions.Length);
    }

    /// <summary>The module.</summary>
    public ValidatedModule Module { get; }

    /// <summary>Code of the defined functions, null until translated. The memory lives as long as this object.</summary>
    public Instr** Entries { get; }

    /// <summary>Translates defined function <paramref name="definedIndex"/>, unless another thread has.</summary>
    /// <returns>Its header word.</returns>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public Instr* Translate(int definedIndex)
    {
        lock (_translating)
        {
            if (Entries[definedIndex] != null) return Entries[definedIndex];
            FunctionCode code = new Translator(Module, _options).Translate(definedIndex, _arena);
            Publish(definedIndex, code);
            return code.Header;
        }
    }

    /// <summary>Called when a function's code has counted down to nothing: its first time, and then after very long again and again.</summary>
    /// <param name="definedIndex">The function.</param>
    /// <param name="instance">The instance that runs it.</param>
    public virtual void BecomeHot(int definedIndex, ModuleInstance instance) => throw new UnreachableException("code that counts for nobody");

    /// <summary>Lets calls of defined function <paramref name="definedIndex"/> go to compiled code from now on; calls under way go on.</summary>
    /// <param name="definedIndex">The function.</param>
    /// <param name="caller">What <see cref="InterpreterThread.CallCompiled(uint, long, ref ulong, ref object?)"/> is to call it by.</param>
    protected void ReplaceByCompiled(int definedIndex, long caller)
    {
        lock (_translating)
        {
            FunctionCode code = new BorderBuilder(Module).Build(definedIndex, caller, _arena);
            Publish(definedIndex, code);
        }
    }

    private void Publish(int definedIndex, FunctionCode code)
    {
        _functions.Add(code);
        _isSorted = false;
        Thread.MemoryBarrier();     // the code is complete before its address can be seen
        Entries[definedIndex] = code.Header;
    }

    /// <summary>Finds the function whose code holds <paramref name="pc"/>; call stacks and exceptions ask.</summary>
    public FunctionCode Find(Instr* pc)
    {
        lock (_translating)
        {
            Span<FunctionCode> functions = _functions.Items;
            if (!_isSorted) functions.Sort(static (left, right) => ((nint)left.Header).CompareTo((nint)right.Header));
            _isSorted = true;
            int low = 0, high = functions.Length;
            while (high - low > 1)
            {
                int middle = (low + high) / 2;
                if (functions[middle].Header <= pc) low = middle;
                else high = middle;
            }
            return functions[low];
        }
    }
}

/// <summary>What code is translated with.</summary>
internal sealed record TranslationOptions : CodeOptions
{
    /// <summary>Adds the translator's own options, at their defaults, to <paramref name="options"/>.</summary>
    public TranslationOptions(CodeOptions options) : base(options) { }

    /// <summary>
    /// How many words of code a function carries out, about, before the module is told (<see cref="InterpretedModule.BecomeHot"/>), counted at
    /// its entry and at loop headers; null for code that does not count.
    /// </summary>
    public int? HotnessThreshold { get; init; }
}
