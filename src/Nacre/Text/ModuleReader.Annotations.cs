using System.Text;
using System.Text.Unicode;
using Nacre.Binary;
using Nacre.Syntax;

namespace Nacre.Text;

/// <remarks>Spec: Appendix, Custom Sections, Custom Annotation and Name Annotation; the branch hinting proposal. Annotations lie beside
/// the tokens; each knows the token it stands before, and in the end each must have been used.</remarks>
internal sealed partial class ModuleReader
{
    private const string HintSection = "metadata.code.branch_hint";

    private readonly List<CustomSection> _customSections = [];
    private readonly List<(uint Function, List<(uint Offset, byte Value)> Hints)> _hints = [];
    private readonly List<(uint Offset, byte Value)> _functionHints = [];

    private Annotation? AnnotationAt(int at, AnnotationKind kind)
    {
        Annotation[] all = Stream.Annotations;
        if (all.Length == 0) return null;
        int low = 0, high = all.Length;
        while (low < high)
        {
            int middle = (low + high) >>> 1;
            if (all[middle].At < at) low = middle + 1;
            else high = middle;
        }
        for (; low < all.Length && all[low].At == at; low++)
        {
            if (all[low].Kind == kind && !all[low].IsUsed) return all[low];
        }
        return null;
    }

    private Annotation? NameAnnotationAt(int at) => AnnotationAt(at, AnnotationKind.Name);

    private string? TakeNameAnnotation()
    {
        if (NameAnnotationAt(At) is not { } annotation) return null;
        annotation.IsUsed = true;
        if (annotation.Contents is not [{ Kind: TokenKind.String } name, { Kind: TokenKind.RightParen }])
            throw Stream.Source.Error("@name annotation: unexpected token: a string is expected", annotation.Start);
        return Utf8Of(name, "@name");
    }

    private string Utf8Of(Token token, string annotation)
    {
        byte[] bytes = StringLiteral.Decode(Stream.TextOf(token));
        return Utf8.IsValid(bytes) ? Encoding.UTF8.GetString(bytes) : throw Error($"{annotation} annotation: malformed UTF-8 encoding", token);
    }

    private void ReadCustomAnnotations()
    {
        while (AnnotationAt(At, AnnotationKind.Custom) is { } annotation)
        {
            annotation.IsUsed = true;
            ReadCustom(annotation.Contents);
        }
    }

    // "name" (before section | after section)? "contents"*
    private void ReadCustom(Token[] contents)
    {
        if (contents[0].Kind != TokenKind.String) throw Error("@custom annotation: missing section name", contents[0]);
        string name = Utf8Of(contents[0], "@custom");
        int at = 1;
        SectionId? after = SectionId.Data;
        if (contents[at].Kind == TokenKind.LeftParen) after = ReadPlacement(contents, ref at);
        _scratch.Clear();
        for (; contents[at].Kind == TokenKind.String; at++) StringLiteral.Decode(Stream.TextOf(contents[at]), _scratch);
        if (at != contents.Length - 1) throw Error($"@custom annotation: unexpected token {Excerpt(contents[at])}", contents[at]);
        _customSections.Add(new CustomSection(name, _scratch.ToArray(), after, 0));
    }

    private SectionId? ReadPlacement(Token[] contents, ref int at)
    {
        Keyword direction = WordOf(contents[at + 1]);
        if (direction is not (Keyword.Before or Keyword.After)) throw Error("@custom annotation: malformed placement", contents[at + 1]);
        Token section = contents[at + 2];
        SectionId? place = PlaceOf(WordOf(section), direction == Keyword.Before)
            ?? throw Error($"@custom annotation: malformed section kind {Excerpt(section)}", section);
        if (contents[at + 3].Kind != TokenKind.RightParen) throw Error("@custom annotation: malformed placement", contents[at + 3]);
        at += 4;
        return place == SectionId.Custom ? null : place;
    }

    // The section after which it goes; Custom stands for the very beginning.
    private static SectionId? PlaceOf(Keyword section, bool isBefore)
    {
        if (section is Keyword.First) return isBefore ? SectionId.Custom : null;
        if (section is Keyword.Last) return isBefore ? null : SectionId.Data;
        if (SectionOf(section) is not { } id) return null;
        if (!isBefore) return id;
        int place = SectionOrder.PlaceOf(id);
        return place == 0 ? SectionId.Custom : SectionOrder.All[place - 1];
    }

    private static SectionId? SectionOf(Keyword word) => word switch
    {
        Keyword.Type => SectionId.Type,
        Keyword.Import => SectionId.Import,
        Keyword.Func => SectionId.Function,
        Keyword.Table => SectionId.Table,
        Keyword.Memory => SectionId.Memory,
        Keyword.Tag => SectionId.Tag,
        Keyword.Global => SectionId.Global,
        Keyword.Export => SectionId.Export,
        Keyword.Start => SectionId.Start,
        Keyword.Elem => SectionId.Element,
        Keyword.DataCount => SectionId.DataCount,
        Keyword.Code => SectionId.Code,
        Keyword.Data => SectionId.Data,
        _ => null,
    };

    private Annotation? HintAt(int at)
    {
        if (Stream.Annotations.Length == 0 || AnnotationAt(at, AnnotationKind.BranchHint) is not { } hint) return null;
        hint.IsUsed = true;
        if (AnnotationAt(at, AnnotationKind.BranchHint) is { } second)
            throw Stream.Source.Error($"@{HintSection} annotation: duplicate annotation", second.Start);
        return hint;
    }

    // Notes a hint for the instruction that is written next.
    private void AddHint(Annotation? hint, Opcode opcode)
    {
        if (hint is null) return;
        if (opcode is not (Opcode.If or Opcode.BrIf))
        {
            TextPosition place = Stream.Source.PositionOf(hint.Start);
            throw new InvalidModuleException($"@{HintSection} annotation: invalid target {OpcodeInfo.Mnemonic(opcode)}, at {place}");
        }
        byte[] value = hint.Contents is [{ Kind: TokenKind.String } text, { Kind: TokenKind.RightParen }]
            ? StringLiteral.Decode(Stream.TextOf(text))
            : [];
        if (value is not [0 or 1])
            throw Stream.Source.Error($"@{HintSection} annotation: unexpected token: a string of one byte, 0 or 1, is expected", hint.Start);
        _functionHints.Add(((uint)_code.Count, value[0]));
    }

    // Offsets count from the declarations of locals on, which lie before the code.
    private void AddHints(uint function, LocalRun[] locals)
    {
        if (_functionHints.Count == 0) return;
        _scratch.Clear();
        _scratch.WriteU32((uint)locals.Length);
        foreach (LocalRun run in locals)
        {
            _scratch.WriteU32(run.Count);
            TypeWriter.WriteValType(_scratch, run.Type);
        }
        var start = (uint)_scratch.Count;
        _hints.Add((function, [.. _functionHints.Select(hint => (hint.Offset + start, hint.Value))]));
        _functionHints.Clear();
    }

    private CustomSection HintsSection()
    {
        var output = new ByteWriter();
        output.WriteU32((uint)_hints.Count);
        foreach ((uint function, List<(uint Offset, byte Value)> hints) in _hints)
        {
            output.WriteU32(function);
            output.WriteU32((uint)hints.Count);
            foreach ((uint offset, byte value) in hints)
            {
                output.WriteU32(offset);
                output.WriteU32(1);
                output.WriteByte(value);
            }
        }
        return new CustomSection(HintSection, output.ToArray(), SectionId.DataCount, 0);
    }

    private void CheckAnnotations(int start, int end)
    {
        foreach (Annotation annotation in Stream.Annotations)
        {
            if (annotation.IsUsed || annotation.At < start || annotation.At > end) continue;
            throw Stream.Source.Error(annotation.Kind switch
            {
                AnnotationKind.Custom => "misplaced @custom annotation",
                AnnotationKind.Name => "misplaced @name annotation",
                _ => $"@{HintSection} annotation: not in a function, or not at an instruction",
            }, annotation.Start);
        }
    }
}
