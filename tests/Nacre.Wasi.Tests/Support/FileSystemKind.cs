using System.Reflection;
using Xunit.Sdk;

namespace Nacre.Wasi.Tests;

/// <summary>What files can be kept in. What is told about files in tests holds for each.</summary>
public enum FileSystemKind
{
    Memory,
    Overlay,
    /// <summary>A directory of the host, as this system does it best.</summary>
    Host,
    /// <summary>A directory of the host by paths, as every system does it.</summary>
    Portable,
}

/// <summary>Which of them there are here.</summary>
internal static class FileSystemKinds
{
    /// <summary>What Windows does otherwise, <c>HostDirectory</c> tells; there its directories stand aside.</summary>
    public static IEnumerable<FileSystemKind> Here => Enum.GetValues<FileSystemKind>()
        .Where(kind => kind is not (FileSystemKind.Host or FileSystemKind.Portable) || !OperatingSystem.IsWindows())
        .Where(kind => kind != FileSystemKind.Host || OperatingSystem.IsLinux());
}

/// <summary>Runs a theory on every file system and every engine: its first parameters.</summary>
internal sealed class EachFileSystemAttribute : DataAttribute
{
    /// <summary>Whether paths alone, without handles and hard links, are not enough for what is told.</summary>
    public bool WithoutPortable { get; init; }

    public override IEnumerable<object[]> GetData(MethodInfo testMethod)
        => from kind in FileSystemKinds.Here
           where kind != FileSystemKind.Portable || !WithoutPortable
           from engine in Enum.GetValues<EngineKind>()
           select new object[] { kind, engine };
}

/// <summary>Runs a theory for every line on every file system, in the engine that goes from one to the other.</summary>
/// <param name="values">What follows the file system and the engine.</param>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
internal sealed class EachFileSystemWithAttribute(params object[] values) : DataAttribute
{
    public override IEnumerable<object[]> GetData(MethodInfo testMethod)
        => from kind in FileSystemKinds.Here
           select new object[] { kind, EngineKind.Auto }.Concat(values).ToArray();
}
