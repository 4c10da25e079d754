using Nacre.Syntax;

namespace Nacre.Binary;

/// <summary>A language or tool that took part in making a module; the version may be empty.</summary>
public readonly record struct Producer(string Name, string Version);

/// <summary>What took part in one way: <c>language</c>, <c>processed-by</c> or <c>sdk</c>.</summary>
public sealed record ProducersField(string Name, Producer[] Producers);

/// <summary>What a module was made with.</summary>
/// <remarks>Tool Conventions, Producers Section.</remarks>
public sealed class ProducersSection
{
    /// <summary>The name of the custom section.</summary>
    public const string SectionName = "producers";

    private ProducersSection(ProducersField[] fields) => Fields = fields;

    /// <summary>The fields, in order.</summary>
    public IReadOnlyList<ProducersField> Fields { get; }

    /// <summary>Reads <paramref name="section"/>.</summary>
    /// <exception cref="MalformedModuleException">It does not follow its format. The module is not malformed for that.</exception>
    public static ProducersSection Parse(CustomSection section)
    {
        ArgumentNullException.ThrowIfNull(section);
        var cursor = new BinaryCursor(section.Bytes.Span, section.ByteOffset);
        var fields = new ProducersField[cursor.ReadCount()];
        for (int i = 0; i < fields.Length; i++) fields[i] = ReadField(ref cursor);
        if (!cursor.IsAtEnd) Malformed.Throw("section size mismatch: bytes follow the last field", cursor.Offset);
        return new ProducersSection(fields);
    }

    private static ProducersField ReadField(ref BinaryCursor cursor)
    {
        string name = cursor.ReadName();
        var producers = new Producer[cursor.ReadCount()];
        for (int i = 0; i < producers.Length; i++) producers[i] = new Producer(cursor.ReadName(), cursor.ReadName());
        return new ProducersField(name, producers);
    }
}
