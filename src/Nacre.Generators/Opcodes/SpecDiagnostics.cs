using Microsoft.CodeAnalysis;

namespace Nacre.Generators.Opcodes;

/// <summary>What can be wrong with a row of the lists in <c>spec/</c>.</summary>
internal static class SpecDiagnostics
{
    public static readonly DiagnosticDescriptor WrongColumns = Error("NACRE101", "Wrong number of columns", "A row has {0} columns, this one has {1}");
    public static readonly DiagnosticDescriptor BadCode = Error("NACRE102", "Bad code", "'{0}' is no code: 0xNN, or 0xNN:N after a prefix");
    public static readonly DiagnosticDescriptor CodeOrder = Error("NACRE103", "Codes out of order", "Code '{0}' does not come after the one before it");
    public static readonly DiagnosticDescriptor BadName = Error("NACRE104", "Bad name", "'{0}' is no name: lower-case letters and digits, parted by '{1}'");
    public static readonly DiagnosticDescriptor NameTwice = Error("NACRE105", "Name used twice", "Another row already has the name '{0}'");
    public static readonly DiagnosticDescriptor UnknownImmediate = Error("NACRE106", "Unknown immediate", "'{0}' is no immediate, or cannot stand at this place");
    public static readonly DiagnosticDescriptor BadSignature = Error("NACRE107", "Bad signature", "'{0}' is no signature: types, '->', types; or '*'");
    public static readonly DiagnosticDescriptor UnknownTrap = Error("NACRE108", "Unknown trap", "'{0}' is no trap of traps.txt");
    public static readonly DiagnosticDescriptor UnknownFeature = Error("NACRE109", "Unknown feature", "'{0}' is no feature of features.txt");
    public static readonly DiagnosticDescriptor UnknownFamily = Error("NACRE110", "Unknown family", "'{0}' is no family: trap or exhaustion");
    public static readonly DiagnosticDescriptor UnknownPreset = Error("NACRE111", "Unknown preset", "'{0}' is no preset: wasm1, wasm2, wasm3 or standard");
    public static readonly DiagnosticDescriptor UnknownOpKind = Error("NACRE112", "Unknown kind", "'{0}' is no kind of operation: exit, step, jump, enter, leave or frame");
    public static readonly DiagnosticDescriptor BadWordCount = Error("NACRE113", "Bad length", "'{0}' is no length: an operation has 1 or 2 words");
    public static readonly DiagnosticDescriptor BadBlockSize = Error("NACRE114", "Bad size", "'{0}' is no size of a block: 1, 2 or 4 words");

    private static DiagnosticDescriptor Error(string id, string title, string message)
        => new(id, title, message, "Nacre.Spec", DiagnosticSeverity.Error, isEnabledByDefault: true);
}
