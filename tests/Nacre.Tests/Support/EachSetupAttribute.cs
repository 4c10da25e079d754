using System.Reflection;
using Nacre.Syntax;
using Xunit.Sdk;

namespace Nacre.Tests.Support;

/// <summary>Runs a theory on every engine with every memory strategy; the first parameters are an <see cref="EngineKind"/> and a <see cref="MemoryStrategy"/>.</summary>
public sealed class EachSetupAttribute : DataAttribute
{
    public override IEnumerable<object[]> GetData(MethodInfo testMethod)
        => from kind in Enum.GetValues<EngineKind>()
           from memory in Enum.GetValues<MemoryStrategy>()
           select new object[] { kind, memory };
}
