using System.Text;
using Nacre.Syntax;
using Nacre.Wasi;

namespace Nacre.Cli.Running;

/// <summary>What modules of some toolchains import beside WASI, and what it means to them.</summary>
/// <remarks>It is looked for only when a module cannot be linked without.</remarks>
internal static class ToolchainHabits
{
    private const string Environment = "env";

    /// <summary>Instantiates a module with what its toolchain expects.</summary>
    /// <param name="linker">What is defined already.</param>
    /// <param name="wasi">What the guest has.</param>
    /// <param name="store">Where the instance goes.</param>
    /// <param name="module">The module.</param>
    /// <param name="error">Where the guest's messages go; null for nowhere.</param>
    /// <exception cref="LinkException">The module imports what nobody gives.</exception>
    public static Instance Instantiate(Linker linker, WasiPreview1 wasi, Store store, Module module, Stream? error)
    {
        try
        {
            return linker.Instantiate(store, module);
        }
        catch (LinkException missing) when (missing.Module is not null)     // and so nothing of the guest has run
        {
            wasi.DefineUnstableIn(linker);
            DefineForAssemblyScript(linker, error ?? Stream.Null);
            linker.Define(Environment, "emscripten_notify_memory_growth", static (int memory) => { });
            return linker.Instantiate(store, module);
        }
    }

    private static void DefineForAssemblyScript(Linker linker, Stream error) => linker
        .Define(Environment, "abort", (Caller caller, int message, int file, int line, int column) =>
        {
            Write(error, $"abort: {Text(caller, message)} in {Text(caller, file)}({line}:{column})");
            throw new WasiExitException(ExitCode.Trap);
        })
        .Define(Environment, "console.log", (Caller caller, int message) => Write(error, Text(caller, message)))
        .Define(Environment, "trace", (Caller caller, int message, int count, double a, double b, double c, double d, double e) =>
            Write(error, $"trace: {Text(caller, message)}{string.Concat(new[] { a, b, c, d, e }.Take(count).Select(static value => $" {value}"))}"))
        .Define(Environment, "seed", static () => BitConverter.Int64BitsToDouble(Random.Shared.NextInt64()));

    private static void Write(Stream error, string line)
    {
        error.Write(Encoding.UTF8.GetBytes(line + '\n'));
        error.Flush();
    }

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
