using System.Globalization;
using Nacre.Cli.Platform;
using Nacre.Syntax;

namespace Nacre.Cli.Inspection;

/// <summary>What the compiler makes of a function.</summary>
internal static class FunctionCode
{
    // Read by the .NET runtime at its start: which methods to disassemble, and where to.
    private const string Methods = "DOTNET_JitDisasm", OutputFile = "DOTNET_JitStdOutFile";

    /// <summary>Writes the function's CIL.</summary>
    public static int WriteCil(string path, string function, EngineOptions options)
    {
        using var engine = new Engine(options);
        Module module = ModuleFile.Compile(engine, path);
        using TextWriter output = Host.OpenOutputText();
        module.WriteCil(FunctionName.Find(module.Definition, function), output);
        return ExitCode.Success;
    }

    /// <summary>Writes the function's machine code, as the .NET runtime's own JIT shows it: with calls by name, and no need to know where it ends.</summary>
    /// <remarks>The JIT does so only when asked before the runtime starts, so a second process compiles the function.</remarks>
    public static int WriteAssembly(string path, string function, EngineOptions options)
    {
        using var engine = new Engine(options);
        Module module = ModuleFile.Compile(engine, path);
        FuncIndex index = FunctionName.Find(module.Definition, function);
        if (Restart.IsSet(OutputFile))
        {
            module.CompileFunction(index);
            return ExitCode.Success;
        }
        string file = Path.GetTempFileName();
        try
        {
            int exitCode = Restart.With((Methods, string.Create(CultureInfo.InvariantCulture, $"f{index.Value}:* f{index.Value}_*:*")), (OutputFile, file));
            using TextWriter output = Host.OpenOutputText();
            output.Write(File.ReadAllText(file));
            return exitCode;
        }
        finally
        {
            File.Delete(file);
        }
    }
}
