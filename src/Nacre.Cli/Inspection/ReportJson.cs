using System.Text.Json;

namespace Nacre.Cli.Inspection;

/// <summary>Writes a report for programs: one JSON object, written member by member, so that nothing is reflected on.</summary>
internal static class ReportJson
{
    public static void Write(ModuleReport report, Stream output)
    {
        using var json = new Utf8JsonWriter(output, new JsonWriterOptions { Indented = true });
        json.WriteStartObject();
        json.WriteString("file", report.File);
        json.WriteString("name", report.Name);
        json.WriteNumber("byteCount", report.ByteCount);
        WriteArray(json, "sections", report.Sections, static (json, section) =>
        {
            json.WriteString("section", section.Section);
            if (section.CustomName is not null) json.WriteString("name", section.CustomName);
            json.WriteNumber("byteOffset", section.ByteOffset);
            json.WriteNumber("byteCount", section.ByteCount);
            if (section.ItemCount is { } itemCount) json.WriteNumber("itemCount", itemCount);
        });
        WriteArray(json, "imports", report.Imports, static (json, import) =>
        {
            json.WriteString("module", import.Module);
            json.WriteString("name", import.Name);
            json.WriteString("kind", import.Kind);
            json.WriteString("type", import.Type);
        });
        WriteArray(json, "exports", report.Exports, static (json, export) =>
        {
            json.WriteString("name", export.Name);
            json.WriteString("kind", export.Kind);
            json.WriteNumber("index", export.Index);
            json.WriteString("type", export.Type);
        });
        json.WriteStartArray("features");
        foreach (string feature in report.Features) json.WriteStringValue(feature);
        json.WriteEndArray();
        WriteArray(json, "biggestFunctions", report.BiggestFunctions, static (json, function) =>
        {
            json.WriteNumber("index", function.Index);
            json.WriteString("name", function.Name);
            json.WriteNumber("byteOffset", function.ByteOffset);
            json.WriteNumber("byteCount", function.ByteCount);
        });
        json.WriteEndObject();
        json.Flush();
        output.WriteByte((byte)'\n');
    }

    private static void WriteArray<T>(Utf8JsonWriter json, string name, IReadOnlyList<T> items, Action<Utf8JsonWriter, T> writeMembers)
    {
        json.WriteStartArray(name);
        foreach (T item in items)
        {
            json.WriteStartObject();
            writeMembers(json, item);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }
}
