using System.Text;
using System.Text.Json.Nodes;
using Nacre.Syntax;

namespace Nacre.Wasi.Tests.Official;

/// <summary>A program of the suite, and the operations that its specification tells to do with it.</summary>
/// <remarks>
/// The older form of a specification, which the programs of preview 1 have, is one run whose end and whose streams are compared. Of the
/// operations of the newer form, those with a network stand in no program of preview 1.
/// </remarks>
internal sealed class TestsuiteProgram
{
    private const string Success = "0";

    private readonly string _module;
    private readonly JsonObject[] _operations;

    /// <param name="module">The program's file; its specification, if it has one, lies beside it.</param>
    public TestsuiteProgram(string module)
    {
        _module = module;
        string file = Path.ChangeExtension(module, ".json");
        JsonObject specification = File.Exists(file) ? JsonNode.Parse(File.ReadAllText(file))!.AsObject() : [];
        _operations = specification["operations"] is JsonArray operations
            ? [.. operations.Select(static operation => operation!.AsObject())]
            : [.. Operations(specification)];
    }

    /// <summary>Does what the specification tells.</summary>
    /// <exception cref="Xunit.Sdk.XunitException">It went otherwise than it should.</exception>
    public void Run(EngineKind engine, TestDirectory directory)
    {
        using MemoryStream output = new(), errors = new();
        uint exitCode = 0;
        foreach (JsonObject operation in _operations)
        {
            switch ((string?)operation["type"])
            {
                case "run": exitCode = Run(operation, engine, directory, output, errors); break;
                case "read": Assert.Equal((string?)operation["payload"] ?? "", Text((string?)operation["id"] == "stderr" ? errors : output)); break;
                case "wait": Assert.Equal((string?)operation["exit_code"]?.ToString() ?? Success, $"{exitCode}"); break;
                case var unknown: Assert.Fail($"The specification wants '{unknown}'."); break;
            }
        }
    }

    private static IEnumerable<JsonObject> Operations(JsonObject specification)
    {
        yield return With("run", specification, "args", "env", "root");
        foreach (string stream in (string[])["stdout", "stderr"])
            if (specification[stream] is { } text) yield return new JsonObject { ["type"] = "read", ["id"] = stream, ["payload"] = text.DeepClone() };
        yield return With("wait", specification, "exit_code");
    }

    private static JsonObject With(string type, JsonObject specification, params string[] fields)
    {
        var operation = new JsonObject { ["type"] = type };
        foreach (string field in fields) operation[field] = specification[field]?.DeepClone();
        return operation;
    }

    private uint Run(JsonObject operation, EngineKind kind, TestDirectory directory, MemoryStream output, MemoryStream errors)
    {
        bool hasRoot = false;
        if ((string?)operation["root"] is { } root)
        {
            Copy(Path.Combine(Path.GetDirectoryName(_module)!, root), directory);
            hasRoot = true;
        }
        using var engine = new Engine(new EngineOptions { Kind = kind, Features = WasmFeatures.All });
        using var store = new Store(engine);
        using var wasi = new WasiPreview1(new WasiOptions
        {
            Arguments = [Path.GetFileName(_module), .. operation["args"]?.AsArray().Select(static argument => (string)argument!) ?? []],
            Environment = [.. operation["env"]?.AsObject().Select(static variable => KeyValuePair.Create(variable.Key, (string)variable.Value!)) ?? []],
            Directories = hasRoot ? [new PreopenedDirectory("/", directory.Root)] : [],
            StandardOutput = output,
            StandardError = errors,
            TimeProvider = TimeProvider.System,
        });
        Instance guest = new Linker(engine).Define(wasi).Instantiate(store, engine.Compile(File.ReadAllBytes(_module)));
        try
        {
            return wasi.Run(guest);
        }
        catch (TrapException trap)
        {
            throw new Xunit.Sdk.XunitException(Text(errors), trap);     // what a panic says
        }
    }

    private static string Text(MemoryStream stream) => Encoding.UTF8.GetString(stream.ToArray());

    // Programs write where they were told to look: the suite's own files stay as they are.
    private static void Copy(string folder, TestDirectory directory)
    {
        foreach (string file in Directory.GetFiles(folder, "*", SearchOption.AllDirectories))
            directory.WriteFile(Path.GetRelativePath(folder, file), File.ReadAllBytes(file));
    }
}
