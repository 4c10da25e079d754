using System.Reflection;
using Xunit.Sdk;

namespace Nacre.Tests.Support;

/// <summary>Runs a theory once on every engine; the first parameter is the <see cref="EngineKind"/>.</summary>
public sealed class EachEngineAttribute : DataAttribute
{
    public override IEnumerable<object[]> GetData(MethodInfo testMethod)
        => Enum.GetValues<EngineKind>().Select(kind => new object[] { kind });
}
