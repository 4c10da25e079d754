using System.Runtime.ExceptionServices;
using Nacre.Syntax;

namespace Nacre.Validation;

/// <summary>Validates the bodies of a module's functions, on several cores when there is much to do.</summary>
/// <remarks>The answer does not depend on the number of cores: of several functions in error, the first is reported.</remarks>
internal sealed class CodeValidator
{
    // Below this many bytes of code, making the rules for short instructions takes longer than they save.
    private const int ShortRulesByteCount = 4 * 1024;

    // Below this many bytes of code, waking other threads takes longer than it saves.
    private const int ParallelByteCount = 512 * 1024;
    private const int PartByteCount = 64 * 1024;

    private readonly ValidationContext _context;
    private readonly List<Range> _parts;
    private readonly Lock _failureLock = new();
    private WasmException? _failure;
    private volatile int _failedPart = int.MaxValue;
    private int _nextPart = -1;

    private CodeValidator(ValidationContext context, List<Range> parts)
    {
        _context = context;
        _parts = parts;
    }

    /// <exception cref="InvalidModuleException">A rule is broken.</exception>
    /// <exception cref="MalformedModuleException">A body is no sequence of instructions.</exception>
    public static void Validate(ValidationContext context)
    {
        FuncDefinition[] functions = context.Definition.Functions;
        long byteCount = 0;
        foreach (FuncDefinition function in functions) byteCount += function.Body.Bytes.Length;
        if (byteCount >= ShortRulesByteCount)
            context.ShortRules = ShortRule.ForEachByte(context.Features, context.Memories.Length > 0 ? context.Memories[0] : null);
        if (byteCount < ParallelByteCount || Environment.ProcessorCount == 1)
            ValidateRange(new BodyValidator(context), context, ..);
        else
            new CodeValidator(context, Divide(functions)).ValidateInParallel();
    }

    private static List<Range> Divide(FuncDefinition[] functions)
    {
        var parts = new List<Range>();
        int start = 0, byteCount = 0;
        for (int i = 0; i < functions.Length; i++)
        {
            byteCount += functions[i].Body.Bytes.Length;
            if (byteCount < PartByteCount && i < functions.Length - 1) continue;
            parts.Add(start..(i + 1));
            (start, byteCount) = (i + 1, 0);
        }
        return parts;
    }

    private void ValidateInParallel()
    {
        Parallel.For(0, Environment.ProcessorCount, _ => Work());
        if (_failure is not null) ExceptionDispatchInfo.Throw(_failure);
    }

    // Parts are handed out in order, so every part before a failed one is looked at too, and the first failure is found.
    private void Work()
    {
        var validator = new BodyValidator(_context);
        while (Interlocked.Increment(ref _nextPart) is int part && part < _parts.Count && part < _failedPart)
        {
            try
            {
                ValidateRange(validator, _context, _parts[part]);
            }
            catch (WasmException failure)
            {
                lock (_failureLock)
                    if (part < _failedPart) (_failure, _failedPart) = (failure, part);
                return;
            }
        }
    }

    private static void ValidateRange(BodyValidator validator, ValidationContext context, Range range)
    {
        FuncDefinition[] functions = context.Definition.Functions;
        int importedCount = context.Functions.Length - functions.Length;
        (int start, int count) = range.GetOffsetAndLength(functions.Length);
        for (int i = start; i < start + count; i++)
            validator.ValidateFunction(new FuncIndex((uint)(importedCount + i)), functions[i]);
    }
}
