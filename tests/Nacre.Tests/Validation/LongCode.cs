using System.Diagnostics.CodeAnalysis;
using Nacre.Syntax;

namespace Nacre.Tests.Validation;

/// <summary>Makes a module with so much code that it is validated by runs of instructions, and that means the same.</summary>
internal static class LongCode
{
    private const int SmallByteCount = 1_000, NopCount = 5_000;
    private const byte Nop = 0x01, End = 0x0B;

    /// <summary>Puts <c>nop</c>s before the last <c>end</c> of every function.</summary>
    /// <returns>False for modules that are large already, without functions, or not well-formed.</returns>
    public static bool TryMake(ModuleDefinition module, [NotNullWhen(true)] out ModuleDefinition? longer)
    {
        longer = null;
        ReadOnlySpan<FuncDefinition> functions = module.Functions;
        if (functions.IsEmpty || functions.Length > 10) return false;
        foreach (FuncDefinition function in functions)
            if (function.Body.Bytes.Length > SmallByteCount || function.Body.Bytes.Span[^1] != End) return false;

        longer = new ModuleDefinition
        {
            RecTypes = module.RecTypes,
            Imports = module.Imports,
            Functions = [.. module.Functions.Select(WithNops)],
            Tables = module.Tables,
            Memories = module.Memories,
            Tags = module.Tags,
            Globals = module.Globals,
            Exports = module.Exports,
            Start = module.Start,
            Elements = module.Elements,
            Data = module.Data,
            DataCount = module.DataCount,
            CustomSections = module.CustomSections,
            Sections = module.Sections,
        };
        return true;
    }

    private static FuncDefinition WithNops(FuncDefinition function)
    {
        byte[] bytes = [.. function.Body.Bytes.Span[..^1], .. Enumerable.Repeat(Nop, NopCount), End];
        return function with { Body = function.Body with { Bytes = bytes } };
    }
}
