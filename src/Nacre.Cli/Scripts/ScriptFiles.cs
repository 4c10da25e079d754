namespace Nacre.Cli.Scripts;

/// <summary>Finds scripts.</summary>
internal static class ScriptFiles
{
    private const string Pattern = "*.wast";

    /// <summary>Adds a file, or the scripts in a folder and in the folders below, by name.</summary>
    /// <exception cref="UsageException">There is neither, or the folder holds no script.</exception>
    public static int AddTo(List<string> files, string path)
    {
        if (!Directory.Exists(path))
        {
            if (!File.Exists(path)) throw new UsageException("there is no such file or folder");
            files.Add(path);
            return ExitCode.Success;
        }
        string[] found = Directory.GetFiles(path, Pattern, SearchOption.AllDirectories);
        if (found.Length == 0) throw new UsageException($"the folder holds no script ({Pattern})");
        Array.Sort(found, StringComparer.Ordinal);
        files.AddRange(found);
        return ExitCode.Success;
    }
}
