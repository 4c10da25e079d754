using Nacre.Binary;
using Nacre.Scripts;
using Nacre.Syntax;
using Nacre.Tests.Scripts;
using Nacre.Tests.Support;
using Nacre.Text;

namespace Nacre.Tests.Text;

public class PrintedSuiteTests
{
    // As many as can be decoded, those that must not be valid too.
    [SuiteTheory]
    [InlineData("core", 5230)]
    [InlineData("custom", 8)]
    [InlineData("legacy", 18)]
    [InlineData("proposals/threads", 269)]
    [InlineData("proposals/threads-upstream", 148)]
    [InlineData("proposals/custom-page-sizes", 62)]
    [InlineData("proposals/wide-arithmetic", 10)]
    public void Every_module_of_the_suite_is_read_back_as_it_was_printed(string folder, int count)
        => Assert.Equal(count, CheckAll(Path.Combine(Suites.Spec!, folder)));

    [Fact]
    public void Every_module_of_our_own_scripts_is_read_back_as_it_was_printed() => Assert.Equal(124, CheckAll(OwnScriptTests.Folder));

    private static int CheckAll(string folder)
    {
        int count = 0;
        foreach (string path in Directory.GetFiles(folder, "*.wast", SearchOption.AllDirectories))
        {
            WasmFeatures features = SuiteFolders.FeaturesFor(path);
            foreach (ModuleDefinition module in Modules(ScriptParser.Parse(new TextSource(File.ReadAllBytes(path), path)), features))
            {
                RoundTrip.Check(module);
                count++;
            }
        }
        return count;
    }

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
