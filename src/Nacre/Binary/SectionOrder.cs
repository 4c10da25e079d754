using Nacre.Syntax;

namespace Nacre.Binary;

/// <summary>The order in which sections appear. Custom ones may stand anywhere.</summary>
/// <remarks>Spec: Binary Format, Modules.</remarks>
internal static class SectionOrder
{
    /// <summary>Every section but the custom ones, first to last.</summary>
    public static ReadOnlySpan<SectionId> All =>
    [
        SectionId.Type, SectionId.Import, SectionId.Function, SectionId.Table, SectionId.Memory, SectionId.Tag, SectionId.Global,
        SectionId.Export, SectionId.Start, SectionId.Element, SectionId.DataCount, SectionId.Code, SectionId.Data,
    ];

    /// <summary>The place of <paramref name="id"/> in the order, from 0; -1 for one that has none.</summary>
    public static int PlaceOf(SectionId id)
    {
        ReadOnlySpan<SectionId> all = All;
        int place = all.Length - 1;
        while (place >= 0 && all[place] != id) place--;
        return place;
    }

    /// <summary>What a module must be allowed to use to have the section.</summary>
    public static WasmFeatures FeatureOf(SectionId id) => id switch
    {
        SectionId.DataCount => WasmFeatures.BulkMemory,
        SectionId.Tag => WasmFeatures.Exceptions,
        _ => WasmFeatures.None,
    };
}
