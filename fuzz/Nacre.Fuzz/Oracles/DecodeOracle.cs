using Nacre.Binary;
using Nacre.Syntax;

namespace Nacre.Fuzz.Oracles;

/// <summary>What is decoded must survive being encoded: the bytes may differ, but not what they decode to.</summary>
internal static class DecodeOracle
{
    /// <summary>Decodes <paramref name="input"/> and, when that works, encodes it again and back.</summary>
    /// <returns>The module; null when the input is refused, and then <paramref name="refused"/> tells how.</returns>
    /// <exception cref="OracleException">The module does not survive.</exception>
    public static ModuleDefinition? Decode(byte[] input, WasmFeatures features, out Outcome refused)
    {
        refused = Outcome.Malformed;
        try
        {
            ModuleDefinition module = ModuleDecoder.Decode(input, features);
            RequireRoundTrip(module, features);
            ReadNames(module);
            return module;
        }
        catch (MalformedModuleException)
        {
            return null;
        }
        catch (InvalidModuleException)
        {
            refused = Outcome.Invalid;
            return null;
        }
    }

    private static void RequireRoundTrip(ModuleDefinition module, WasmFeatures features)
    {
        byte[] encoded = ModuleEncoder.Encode(module);
        try
        {
            byte[] again = ModuleEncoder.Encode(ModuleDecoder.Decode(encoded, features));
            if (!encoded.AsSpan().SequenceEqual(again)) throw new OracleException("encoding what was decoded does not settle");
        }
        catch (WasmException refusal)
        {
            throw new OracleException("what was encoded cannot be decoded", refusal);
        }
    }

    private static void ReadNames(ModuleDefinition module)
    {
        if (NameSection.Of(module) is { Defect: null } names) names.NameOf(new FuncIndex(0));
    }
}
