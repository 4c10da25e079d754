using System.Reflection;
using Xunit.Sdk;

namespace Nacre.Wasi.Tests;

/// <summary>What files can be kept in. What is told about files in tests holds for each.</summary>
public enum FileSystemKind
{
    Memory,
    Overlay,
}

/// <summary>Runs a theory on every file system and every engine: its first parameters.</summary>
internal sealed class EachFileSystemAttribute : DataAttribute
{
    public override IEnumerable<object[]> GetData(MethodInfo testMethod)
        => from kind in Enum.GetValues<FileSystemKind>()
           from engine in Enum.GetValues<EngineKind>()
           select new object[] { kind, engine };
}

/// <summary>Runs a theory for every line on every file system, in the engine that goes from one to the other.</summary>
/// <param name="values">What follows the file system and the engine.</param>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
internal sealed class EachFileSystemWithAttribute(params object[] values) : DataAttribute
{
    public override IEnumerable<object[]> GetData(MethodInfo testMethod)
        => from kind in Enum.GetValues<FileSystemKind>()
           select new object[] { kind, EngineKind.Auto }.Concat(values).ToArray();
}
