using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Nacre.Generators.HostModules;

/// <summary>Reads the model of a host module from its class.</summary>
internal sealed class HostModuleReader
{
    private const string HostFunctionAttribute = "Nacre.HostFunctionAttribute";

    private readonly List<HostModuleProblem> _problems = [];
    private readonly HashSet<string> _names = [];

    /// <summary>Reads the class that the attribute stands on.</summary>
    public static HostModuleModel Read(GeneratorAttributeSyntaxContext context)
    {
        var type = (INamedTypeSymbol)context.TargetSymbol;
        bool isPartial = ((ClassDeclarationSyntax)context.TargetNode).Modifiers.Any(modifier => modifier.ValueText == "partial");
        return new HostModuleReader().Read(type, context.Attributes[0], isPartial);
    }

    private HostModuleModel Read(INamedTypeSymbol type, AttributeData attribute, bool isPartial)
    {
        if (!isPartial || type.IsStatic || type.IsGenericType || type.ContainingType is not null)
            _problems.Add(HostModuleProblem.At(type, HostModuleDiagnostics.NotExtensible, type.Name));

        var functions = new List<HostFunctionModel>();
        foreach (IMethodSymbol method in type.GetMembers().OfType<IMethodSymbol>())
            if (method.GetAttributes().FirstOrDefault(IsHostFunction) is { } mark) functions.Add(Read(method, NameIn(mark)));

        return new HostModuleModel(
            type.ContainingNamespace.IsGlobalNamespace ? "" : type.ContainingNamespace.ToDisplayString(),
            type.Name,
            type.ToDisplayString(),
            NameIn(attribute),
            functions.ToEquatableArray(),
            _problems.ToEquatableArray());
    }

    private HostFunctionModel Read(IMethodSymbol method, string name)
    {
        if (method.IsGenericMethod) Report(method, HostModuleDiagnostics.BadMethod, method.Name);
        if (!_names.Add(name)) Report(method, HostModuleDiagnostics.NameTwice, name);

        bool takesCaller = method.Parameters.Length > 0 && IsCaller(method.Parameters[0].Type);
        var parameters = new List<ValueModel>();
        foreach (IParameterSymbol parameter in method.Parameters.Skip(takesCaller ? 1 : 0)) Read(parameter, method, parameters);
        return new HostFunctionModel(
            name, Escaped(method.Name), takesCaller, parameters.ToEquatableArray(), ReadResults(method).ToEquatableArray());
    }

    private void Read(IParameterSymbol parameter, IMethodSymbol method, List<ValueModel> parameters)
    {
        if (IsCaller(parameter.Type)) Report(parameter, HostModuleDiagnostics.CallerNotFirst, method.Name);
        else if (parameter.RefKind == RefKind.None && Model(parameter.Type) is { } value) parameters.Add(value);
        else Report(parameter, HostModuleDiagnostics.BadParameter, parameter.Name, parameter.Type.ToDisplayString());
    }

    private List<ValueModel> ReadResults(IMethodSymbol method)
    {
        var results = new List<ValueModel>();
        if (method.ReturnsVoid) return results;
        IEnumerable<ITypeSymbol> types = method.ReturnType is INamedTypeSymbol { IsTupleType: true } tuple
            ? tuple.TupleElements.Select(element => element.Type)
            : [method.ReturnType];
        foreach (ITypeSymbol type in types)
        {
            if (!method.ReturnsByRef && !method.ReturnsByRefReadonly && Model(type) is { } value) results.Add(value);
            else Report(method, HostModuleDiagnostics.BadResult, type.ToDisplayString());
        }
        return results;
    }

    private static ValueModel? Model(ITypeSymbol type)
    {
        ValueShape? shape = type.TypeKind == TypeKind.Enum ? EnumShape((INamedTypeSymbol)type) : PlainShape(type);
        return shape is { } known ? new ValueModel(known, type.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat)) : null;
    }

    private static ValueShape EnumShape(INamedTypeSymbol type)
        => type.EnumUnderlyingType!.SpecialType is SpecialType.System_Int64 or SpecialType.System_UInt64 ? ValueShape.Enum64 : ValueShape.Enum32;

    private static ValueShape? PlainShape(ITypeSymbol type) => type.SpecialType switch
    {
        SpecialType.System_Int32 => ValueShape.Int32,
        SpecialType.System_UInt32 => ValueShape.UInt32,
        SpecialType.System_Boolean => ValueShape.Boolean,
        SpecialType.System_Int64 => ValueShape.Int64,
        SpecialType.System_UInt64 => ValueShape.UInt64,
        SpecialType.System_Single => ValueShape.Single,
        SpecialType.System_Double => ValueShape.Double,
        SpecialType.System_Object => ValueShape.Reference,
        _ => type.WithNullableAnnotation(NullableAnnotation.None).ToDisplayString() switch
        {
            "System.Runtime.Intrinsics.Vector128<byte>" => ValueShape.Vector128,
            "Nacre.Function" => ValueShape.Function,
            _ => null,
        },
    };

    private static string Escaped(string name) => SyntaxFacts.GetKeywordKind(name) == SyntaxKind.None ? name : "@" + name;

    private static bool IsCaller(ITypeSymbol type) => type.ToDisplayString() == "Nacre.Caller";

    private static bool IsHostFunction(AttributeData attribute) => attribute.AttributeClass?.ToDisplayString() == HostFunctionAttribute;

    private static string NameIn(AttributeData attribute)
        => attribute.ConstructorArguments.Length > 0 && attribute.ConstructorArguments[0].Value is string name ? name : "";

    private void Report(ISymbol symbol, DiagnosticDescriptor descriptor, string argument, string? secondArgument = null)
        => _problems.Add(HostModuleProblem.At(symbol, descriptor, argument, secondArgument));
}
