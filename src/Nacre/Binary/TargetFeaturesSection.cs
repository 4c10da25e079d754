using Nacre.Syntax;

namespace Nacre.Binary;

/// <summary>What a compiler says about a feature. Values are the characters of the format.</summary>
public enum TargetFeatureUse : byte
{
    /// <summary>The module uses it.</summary>
    Used = (byte)'+',
    /// <summary>It must not be linked with modules that use it.</summary>
    Disallowed = (byte)'-',
    /// <summary>It must only be linked with modules that use it, too.</summary>
    Required = (byte)'=',
}

/// <summary>A feature by the compiler's name, which is not that of <see cref="WasmFeatures"/>, as <c>bulk-memory</c>, <c>simd128</c>.</summary>
public readonly record struct TargetFeature(TargetFeatureUse Use, string Name);

/// <summary>Which features a compiler was told to use.</summary>
/// <remarks>Tool Conventions, Target Features Section.</remarks>
public sealed class TargetFeaturesSection
{
    /// <summary>The name of the custom section.</summary>
    public const string SectionName = "target_features";

    private TargetFeaturesSection(TargetFeature[] features) => Features = features;

    /// <summary>The features, in order.</summary>
    public IReadOnlyList<TargetFeature> Features { get; }

    /// <summary>Reads <paramref name="section"/>.</summary>
    /// <exception cref="MalformedModuleException">It does not follow its format. The module is not malformed for that.</exception>
    public static TargetFeaturesSection Parse(CustomSection section)
    {
        ArgumentNullException.ThrowIfNull(section);
        var cursor = new BinaryCursor(section.Bytes.Span, section.ByteOffset);
        var features = new TargetFeature[cursor.ReadCount()];
        for (int i = 0; i < features.Length; i++) features[i] = new TargetFeature(ReadUse(ref cursor), cursor.ReadName());
        if (!cursor.IsAtEnd) Malformed.Throw("section size mismatch: bytes follow the last feature", cursor.Offset);
        return new TargetFeaturesSection(features);
    }

    private static TargetFeatureUse ReadUse(ref BinaryCursor cursor)
    {
        var use = (TargetFeatureUse)cursor.ReadByte();
        if (use is not (TargetFeatureUse.Used or TargetFeatureUse.Disallowed or TargetFeatureUse.Required))
            Malformed.Throw($"malformed use of a feature: {(byte)use:x2}", cursor.Offset - 1);
        return use;
    }
}
