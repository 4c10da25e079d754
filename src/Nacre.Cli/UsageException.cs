namespace Nacre.Cli;

/// <summary>The command line asks for what cannot be, in a way that only shows once the file is read.</summary>
internal sealed class UsageException(string message) : Exception(message);
