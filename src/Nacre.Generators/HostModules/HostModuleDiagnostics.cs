using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace Nacre.Generators.HostModules;

/// <summary>What can be wrong with a class marked as a host module.</summary>
internal static class HostModuleDiagnostics
{
    public static readonly DiagnosticDescriptor NotExtensible = Error(
        "NACRE001", "Class cannot be extended", "Class '{0}' must be partial, and neither static nor generic nor nested, to be a host module");
    public static readonly DiagnosticDescriptor BadMethod = Error(
        "NACRE002", "Method cannot be imported", "Method '{0}' must not be generic to be a host function");
    public static readonly DiagnosticDescriptor BadParameter = Error(
        "NACRE003", "Parameter cannot come from a guest", "A guest cannot give the parameter '{0}' of type '{1}'; it can give int, uint, bool, long, ulong, float, double, enumerations, Vector128<byte>, Function and object");
    public static readonly DiagnosticDescriptor BadResult = Error(
        "NACRE004", "Result cannot go to a guest", "A guest cannot take a result of type '{0}'; it can take int, uint, bool, long, ulong, float, double, enumerations, Vector128<byte>, Function, object and tuples of them");
    public static readonly DiagnosticDescriptor CallerNotFirst = Error(
        "NACRE005", "Caller is not first", "The Caller must be the first parameter of '{0}'");
    public static readonly DiagnosticDescriptor NameTwice = Error(
        "NACRE006", "Name used twice", "Another function of the host module has the name '{0}'");

    private static DiagnosticDescriptor Error(string id, string title, string message)
        => new(id, title, message, "Nacre.HostModules", DiagnosticSeverity.Error, isEnabledByDefault: true);
}

/// <summary>A diagnostic in a form that can be compared, so that the generator runs only when something changed.</summary>
internal sealed record HostModuleProblem(
    DiagnosticDescriptor Descriptor, string Path, TextSpan Span, LinePositionSpan Lines, string Argument, string? SecondArgument)
{
    public static HostModuleProblem At(ISymbol symbol, DiagnosticDescriptor descriptor, string argument, string? secondArgument = null)
    {
        FileLinePositionSpan place = symbol.Locations[0].GetLineSpan();
        return new HostModuleProblem(descriptor, place.Path, symbol.Locations[0].SourceSpan, place.Span, argument, secondArgument);
    }

    public Diagnostic ToDiagnostic() => Diagnostic.Create(Descriptor, Location.Create(Path, Span, Lines), Argument, SecondArgument);
}
