using System.Reflection;
using Xunit.Sdk;

namespace Nacre.Wasi.Tests;

/// <summary>Runs a test on every engine, with checked memories and with those that the engine prefers.</summary>
/// <param name="cases">What is tried with each; nothing for one test each.</param>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class EachEngineAndMemoryAttribute(params string[] cases) : DataAttribute
{
    public override IEnumerable<object[]> GetData(MethodInfo testMethod)
        => from engine in Enum.GetValues<EngineKind>()
           from memory in new[] { MemoryStrategy.Explicit, MemoryStrategy.Auto }
           from more in cases.Length == 0 ? [Array.Empty<object>()] : cases.Select(one => new object[] { one })
           select new object[] { engine, memory }.Concat(more).ToArray();
}
