using System.Runtime.CompilerServices;
using Nacre.Binary;
using Nacre.Cli.Platform;
using Nacre.Syntax;
using Nacre.Text;

namespace Nacre.Cli;

/// <summary>Files that hold a module, in the binary or in the text format.</summary>
internal static class ModuleFile
{
    /// <summary>A module in the binary format, whichever the file has. It is not validated.</summary>
    /// <exception cref="MalformedModuleException">The file is text, and no module.</exception>
    /// <exception cref="InvalidModuleException">The file is text, and invalid in a way that the bytes could not tell.</exception>
    /// <exception cref="IOException">The file is missing, a folder, or cannot be read.</exception>
    public static byte[] ReadBinary(string path)
    {
        byte[] bytes = Host.ReadFile(path);
        return IsText(bytes) ? Encode(path, bytes) : bytes;
    }

    /// <summary>Compiles a module, whichever format the file has.</summary>
    /// <exception cref="MalformedModuleException">The file is no module.</exception>
    /// <exception cref="InvalidModuleException">The module breaks a rule of validation.</exception>
    /// <exception cref="IOException">The file is missing, a folder, or cannot be read.</exception>
    public static Module Compile(Engine engine, string path)
    {
        byte[] bytes = Host.ReadFile(path);
        return IsText(bytes) ? CompileText(engine, path, bytes) : engine.Compile(bytes);
    }

    /// <summary>Validates a module, whichever format the file has.</summary>
    /// <exception cref="MalformedModuleException">The file is no module.</exception>
    /// <exception cref="InvalidModuleException">The module breaks a rule of validation.</exception>
    /// <exception cref="IOException">The file is missing, a folder, or cannot be read.</exception>
    public static void Validate(Engine engine, string path)
    {
        byte[] bytes = Host.ReadFile(path);
        if (IsText(bytes)) engine.ValidateText(bytes, path);
        else engine.Validate(bytes);
    }

    /// <summary>A module, whichever format the file has. It is not validated.</summary>
    /// <exception cref="MalformedModuleException">The file is no module.</exception>
    /// <exception cref="InvalidModuleException">The file is text, and invalid in a way that the bytes could not tell.</exception>
    /// <exception cref="IOException">The file is missing, a folder, or cannot be read.</exception>
    public static ModuleDefinition ReadDefinition(string path)
    {
        byte[] bytes = Host.ReadFile(path);
        return IsText(bytes) ? Parse(path, bytes) : ModuleDecoder.Decode(bytes, WasmFeatures.All);
    }

    // The binary format begins with a zero byte, which no text contains.
    private static bool IsText(byte[] bytes) => bytes is [not 0, ..];

    // Apart, so that nothing of the text format is loaded for a binary module (docs/decisions/0003).
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static byte[] Encode(string path, byte[] bytes) => ModuleEncoder.Encode(Parse(path, bytes));

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Module CompileText(Engine engine, string path, byte[] bytes) => engine.CompileText(bytes, path);

    private static ModuleDefinition Parse(string path, byte[] bytes) => ModuleParser.Parse(bytes, path, WasmFeatures.All);
}
