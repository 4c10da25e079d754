using System.Text.Json;
using Nacre.Tests.Support;

namespace Nacre.Tests.Runtime;

/// <summary>The kernels of <c>bench/gc</c>, with as little to do as <c>kernels.json</c> calls small.</summary>
public class AggregateKernelTests
{
    private static string Folder => Path.Combine(AppContext.BaseDirectory, "gc");

    [Theory, EachEngine]
    public void Every_kernel_gives_its_checksum(EngineKind kind)
    {
        using JsonDocument kernels = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Folder, "kernels.json")));
        foreach (JsonElement kernel in kernels.RootElement.EnumerateArray())
        {
            string name = kernel.GetProperty("name").GetString()!;
            JsonElement small = kernel.GetProperty("small");
            using var engine = new Engine(kind.Options());
            using var store = new Store(engine);
            Instance instance = new Linker(engine).Instantiate(store, engine.Compile(File.ReadAllBytes(Path.Combine(Folder, name + ".wasm"))));
            int checksum = instance.Function<int, int>("run").Invoke(small.GetProperty("n").GetInt32());
            Assert.Equal((name, small.GetProperty("checksum").GetInt32()), (name, checksum));
        }
    }
}
