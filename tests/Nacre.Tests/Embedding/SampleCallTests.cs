using System.Text;
using System.Text.Json;
using Nacre.Tests.Support;

namespace Nacre.Tests.Embedding;

/// <summary>The samples that are libraries, call by call. samples/guests/README.md tells what the files mean.</summary>
public sealed class SampleCallTests
{
    private const string InitializeName = "_initialize", AllocateName = "malloc", FreeName = "free";

    private static readonly string s_folder = Path.Combine(AppContext.BaseDirectory, "guests", "samples");

    [Fact]
    public void The_samples_with_calls_are_these()
        => Assert.Equal(["adduser", "fib"], Directory.EnumerateFiles(s_folder, "*.json").Where(HasCalls).Select(Path.GetFileNameWithoutExtension).Order());

    [Theory, EachEngine]
    public void Calls_of_fib_answer_what_is_expected(EngineKind engine) => MakeCalls(engine, "fib");

    [Theory, EachEngine]
    public void Calls_of_adduser_answer_what_is_expected(EngineKind engine) => MakeCalls(engine, "adduser");

    private static void MakeCalls(EngineKind kind, string name)
    {
        using var engine = new Engine(kind.Options());
        using var store = new Store(engine);
        Instance guest = new Linker(engine).Instantiate(store, engine.Compile(File.ReadAllBytes(Path.Combine(s_folder, name + ".wasm"))));
        if (guest.TryGetFunction(InitializeName, out Function? initialize)) initialize.Invoke();

        using JsonDocument given = JsonDocument.Parse(File.ReadAllText(Path.Combine(s_folder, name + ".json")));
        foreach (JsonElement call in given.RootElement.GetProperty("calls").EnumerateArray()) MakeCall(guest, call);
    }

    private static void MakeCall(Instance guest, JsonElement call)
    {
        var arguments = new List<Value>();
        var allocated = new List<Value>();
        foreach (JsonElement argument in call.GetProperty("arguments").EnumerateArray())
        {
            if (argument.ValueKind == JsonValueKind.String)
            {
                (Value address, int byteCount) = Place(guest, argument.GetString()!);
                allocated.Add(address);
                arguments.AddRange(address, Value.FromInt32(byteCount));
            }
            else
            {
                arguments.Add(Value.FromInt32(argument.GetInt32()));
            }
        }

        Value[] results = guest.Function(call.GetProperty("function").GetString()!).Invoke(arguments.ToArray());
        foreach (Value address in allocated) guest.Function(FreeName).Invoke(address);

        if (!call.TryGetProperty("result", out JsonElement expected)) Assert.Empty(results);
        else if (expected.ValueKind == JsonValueKind.String) Assert.Equal(expected.GetString(), TextAt(guest, Assert.Single(results).AsInt32()));
        else Assert.Equal(expected.GetInt32(), Assert.Single(results).AsInt32());
    }

    private static (Value Address, int ByteCount) Place(Instance guest, string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        Value address = Assert.Single(guest.Function(AllocateName).Invoke(Value.FromInt32(bytes.Length)));
        bytes.CopyTo(guest.Memory().Slice(address.AsInt32(), bytes.Length));
        return (address, bytes.Length);
    }

    private static string TextAt(Instance guest, int address)
    {
        int byteCount = 0;
        while (guest.Memory().Slice(address + byteCount, 1)[0] != 0) byteCount++;
        return guest.Memory().ReadUtf8(address, byteCount);
    }

    private static bool HasCalls(string file)
    {
        using JsonDocument given = JsonDocument.Parse(File.ReadAllText(file));
        return given.RootElement.TryGetProperty("calls", out _);
    }
}
