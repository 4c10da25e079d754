using Nacre.Binary;
using Nacre.Syntax;
using Nacre.Text;

namespace Nacre.Fuzz.Oracles;

/// <summary>A text is refused with a documented error, or is a module that survives being printed and parsed again.</summary>
internal static class TextOracle
{
    private const WasmFeatures Features = WasmFeatures.All;

    /// <summary>Parses <paramref name="input"/> as one module and validates what comes of it.</summary>
    public static Outcome ParseModule(byte[] input)
    {
        try
        {
            return Judge(ModuleDecoder.Decode(ModuleEncoder.Encode(ModuleParser.Parse(input, "input.wat", Features)), Features));
        }
        catch (MalformedModuleException refusal)
        {
            RequirePlace(refusal);
            return Outcome.Malformed;
        }
        catch (InvalidModuleException)
        {
            return Outcome.Invalid;
        }
    }

    /// <summary>Parses <paramref name="input"/> as a script and each of its modules; how far the best of them comes, when there are any.</summary>
    public static Outcome ParseScript(byte[] input)
    {
        ScriptCommand[] commands;
        try
        {
            commands = ScriptParser.Parse(new TextSource(input, "input.wast"));
        }
        catch (MalformedModuleException refusal)
        {
            RequirePlace(refusal);
            return Outcome.Malformed;
        }
        return Judge(commands);
    }

    private static Outcome Judge(ScriptCommand[] commands)
    {
        Outcome? best = null;
        foreach (ScriptCommand command in commands)
        {
            Outcome? outcome = command switch
            {
                ModuleCommand module => Judge(module.Module),
                AssertDefect assert => Judge(assert.Module),
                ThreadCommand thread => Judge(thread.Commands),
                _ => null,
            };
            if (best is null || outcome > best) best = outcome ?? best;
        }
        return best ?? Outcome.Valid;
    }

    private static Outcome Judge(ScriptModule module)
    {
        try
        {
            ReadOnlyMemory<byte> bytes = module.ToBinary(Features);
            if (module is not BinaryModule) return Judge(ModuleDecoder.Decode(bytes, Features));
            return DecodeOracle.Decode(bytes.ToArray(), Features, out Outcome refused) is { } decoded ? Validate(decoded) : refused;
        }
        catch (MalformedModuleException)
        {
            return Outcome.Malformed;
        }
        catch (InvalidModuleException)
        {
            return Outcome.Invalid;
        }
    }

    private static Outcome Judge(ModuleDefinition module)
    {
        foreach (bool fold in new[] { false, true })
        {
            var options = new PrintOptions { Fold = fold };
            string text = ModulePrinter.Print(module, options);
            if (Again(text, fold) != text) throw new OracleException("a module is printed in another way once it was printed and parsed");
        }
        ModulePrinter.Print(module, new PrintOptions { Skeleton = true });
        return Validate(module);
    }

    private static string Again(string text, bool fold)
    {
        try
        {
            return ModulePrinter.Print(ModuleParser.Parse(text, features: Features), new PrintOptions { Fold = fold });
        }
        catch (WasmException refusal)
        {
            throw new OracleException("what was printed cannot be parsed", refusal);
        }
    }

    private static Outcome Validate(ModuleDefinition module) => ValidateOracle.IsValid(module, Features) ? Outcome.Valid : Outcome.Invalid;

    private static void RequirePlace(MalformedModuleException refusal)
    {
        // What is written as the bytes of a module has offsets instead.
        if (refusal is { Position: null, ByteOffset: null }) throw new OracleException("an error tells no place", refusal);
    }
}
