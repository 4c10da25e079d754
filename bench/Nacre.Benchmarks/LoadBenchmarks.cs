using Nacre.Binary;
using Nacre.Syntax;
using Nacre.Validation;

namespace Nacre.Benchmarks;

/// <summary>How many bytes of module are decoded in a second?</summary>
internal static class DecodeBenchmark
{
    /// <summary>Decodes <paramref name="module"/> again and again.</summary>
    public static Measurement Run(byte[] module) => Measurement.Of(() => ModuleDecoder.Decode(module));
}

/// <summary>How many bytes of module are validated in a second, once they are decoded?</summary>
internal static class ValidateBenchmark
{
    /// <summary>Validates <paramref name="module"/> again and again, each time for a new engine.</summary>
    public static Measurement Run(byte[] module)
    {
        ModuleDefinition definition = ModuleDecoder.Decode(module);
        return Measurement.Of(() => ModuleValidator.Validate(definition, WasmFeatures.Standard, new TypeRegistry()));
    }
}

/// <summary>How many bytes of module are encoded in a second?</summary>
internal static class EncodeBenchmark
{
    /// <summary>Encodes <paramref name="module"/> again and again.</summary>
    public static Measurement Run(byte[] module)
    {
        ModuleDefinition definition = ModuleDecoder.Decode(module);
        return Measurement.Of(() => ModuleEncoder.Encode(definition));
    }
}
