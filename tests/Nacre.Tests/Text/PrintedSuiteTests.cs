using Nacre.Binary;
using Nacre.Scripts;
using Nacre.Syntax;
using Nacre.Tests.Scripts;
using Nacre.Tests.Support;
using Nacre.Text;

namespace Nacre.Tests.Text;

public class PrintedSuiteTests
{
    [SuiteTheory]
    [InlineData("core", 1000)]
    [InlineData("custom", 5)]
    [InlineData("legacy", 5)]
    [InlineData("proposals/threads", 10)]
    [InlineData("proposals/threads-upstream", 10)]
    [InlineData("proposals/custom-page-sizes", 5)]
    [InlineData("proposals/wide-arithmetic", 1)]
    public void Every_module_of_the_suite_is_read_back_as_it_was_printed(string folder, int leastCount)
    {
        int count = 0;
        foreach (string path in Directory.GetFiles(Path.Combine(Suites.Spec!, folder), "*.wast", SearchOption.AllDirectories))
        {
            WasmFeatures features = SuiteFolders.FeaturesFor(path);
            foreach (ModuleDefinition module in Modules(ScriptParser.Parse(new TextSource(File.ReadAllBytes(path), path)), features))
            {
                RoundTrip.Check(module);
                count++;
            }
        }
        Assert.InRange(count, leastCount, int.MaxValue);
    }

    // Every module that can be decoded, those that must not be valid too.
    private static IEnumerable<ModuleDefinition> Modules(ScriptCommand[] commands, WasmFeatures features)
    {
        foreach (ScriptCommand command in commands)
        {
            if (command is ThreadCommand thread)
            {
                foreach (ModuleDefinition module in Modules(thread.Commands, features)) yield return module;
            }
            ScriptModule? written = command switch
            {
                ModuleCommand module => module.Module,
                AssertDefect { Defect: not Defect.Malformed } assert => assert.Module,
                _ => null,
            };
            if (written is not null && TryDecode(written, features) is { } decoded) yield return decoded;
        }
    }

    private static ModuleDefinition? TryDecode(ScriptModule module, WasmFeatures features)
    {
        try
        {
            return ModuleDecoder.Decode(module.ToBinary(features), features);
        }
        catch (InvalidModuleException)
        {
            return null;        // an index that no module can have, or a hint at no branch
        }
        catch (MalformedModuleException)
        {
            return null;        // invalid by the rules of the text, malformed by those of the bytes
        }
    }
}
