using System.Text;
using Nacre.Syntax;

namespace Nacre.Tests.Binary;

/// <summary>Everything a module means, as text: two modules are equal when their dumps are. Positions in the bytes are left out.</summary>
internal static class ModuleDump
{
    public static string Of(ModuleDefinition module)
    {
        var text = new StringBuilder();
        foreach (RecType group in module.RecTypes) text.Append("rec").AppendJoin(',', group.Members.ToArray().Select(Of)).AppendLine();
        foreach (Import import in module.Imports) text.AppendLine(import.ToString());
        foreach (FuncDefinition function in module.Functions)
            text.AppendLine($"{function.Type} {string.Join(',', function.Locals)} {Of(function.Body)}");
        foreach (TableDefinition table in module.Tables) text.AppendLine($"{table.Type} {Of(table.Initializer)}");
        text.AppendJoin('\n', module.Memories.AsEnumerable()).AppendLine();
        text.AppendJoin('\n', module.Tags.AsEnumerable()).AppendLine();
        foreach (GlobalDefinition global in module.Globals) text.AppendLine($"{global.Type} {Of(global.Initializer)}");
        text.AppendJoin('\n', module.Exports).AppendLine();
        text.AppendLine($"start {module.Start} data count {module.DataCount}");
        foreach (ElementSegment segment in module.Elements) text.AppendLine(Of(segment));
        foreach (DataSegment segment in module.Data)
            text.AppendLine($"{segment.Mode} {segment.Memory} {Of(segment.Offset)} {Convert.ToHexString(segment.Bytes.Span)}");
        foreach (CustomSection section in module.CustomSections)
            text.AppendLine($"{section.Name} after {section.After} {Convert.ToHexString(section.Bytes.Span)}");
        return text.ToString();
    }

    private static string Of(SubType type)
        => $"({(type.IsFinal ? "final" : "open")} {string.Join(' ', type.Supertypes.ToArray())} {type.Composite.GetType().Name} {type.Composite})";

    private static string Of(ElementSegment segment)
        => $"{segment.Mode} {segment.Table} {Of(segment.Offset)} {segment.Type} {string.Join(',', segment.Functions ?? [])} "
        + string.Join(',', (segment.Initializers ?? []).Select(initializer => Of(initializer)));

    private static string Of(Expr? expression) => expression is { } some ? Convert.ToHexString(some.Bytes.Span) : "-";
}
