using Nacre.Syntax;
using Nacre.Validation;

namespace Nacre.Fuzz.Oracles;

/// <summary>Validation with every feature ends in a valid module or a documented error.</summary>
internal static class ValidateOracle
{
    /// <summary>Whether <paramref name="module"/> is valid.</summary>
    public static bool IsValid(ModuleDefinition module, WasmFeatures features)
    {
        try
        {
            ModuleValidator.Validate(module, features, new TypeRegistry());
            return true;
        }
        catch (InvalidModuleException)
        {
            return false;
        }
    }
}
