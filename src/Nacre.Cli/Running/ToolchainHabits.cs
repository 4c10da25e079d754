using System.Text;
using Nacre.Cli.Platform;
using Nacre.Syntax;
using Nacre.Wasi;

namespace Nacre.Cli.Running;

/// <summary>What modules of some toolchains import beside WASI, and what it means to them.</summary>
/// <remarks>It is looked for only when a module cannot be linked without.</remarks>
internal static class ToolchainHabits
{
    private const string Environment = "env";

    /// <summary>Instantiates a module with what its toolchain expects.</summary>
    /// <exception cref="LinkException">The module imports what nobody gives.</exception>
    public static Instance Instantiate(Linker linker, WasiPreview1 wasi, Store store, Module module)
    {
        try
        {
            return linker.Instantiate(store, module);
        }
        catch (LinkException)
        {
            wasi.DefineUnstableIn(linker);
            DefineForAssemblyScript(linker);
            linker.Define(Environment, "emscripten_notify_memory_growth", static (int memory) => { });
            return linker.Instantiate(store, module);
        }
    }

    private static void DefineForAssemblyScript(Linker linker) => linker
        .Define(Environment, "abort", static (Caller caller, int message, int file, int line, int column) =>
        {
            Host.WriteError($"abort: {Text(caller, message)} in {Text(caller, file)}({line}:{column})");
            throw new WasiExitException(ExitCode.Trap);
        })
        .Define(Environment, "console.log", static (Caller caller, int message) => Host.WriteError(Text(caller, message)))
        .Define(Environment, "trace", static (Caller caller, int message, int count, double a, double b, double c, double d, double e) =>
            Host.WriteError($"trace: {Text(caller, message)}{string.Concat(new[] { a, b, c, d, e }.Take(count).Select(static value => $" {value}"))}"))
        .Define(Environment, "seed", static () => BitConverter.Int64BitsToDouble(Random.Shared.NextInt64()));

    // A string of AssemblyScript: UTF-16, its size in bytes in the four bytes before it.
    private static string Text(Caller caller, int address)
    {
        const uint LongestByteCount = 4096;
        if (address == 0) return "";
        Memory memory = caller.Memory;
        ulong start = (uint)address;
        if (start < sizeof(uint) || start > (ulong)memory.ByteLength) return "?";
        ulong byteCount = Math.Min(memory.Read<uint>(start - sizeof(uint)), LongestByteCount);
        return start + byteCount <= (ulong)memory.ByteLength ? Encoding.Unicode.GetString(memory.Slice(start, (uint)byteCount).ToArray()) : "?";
    }
}
