namespace Nacre.Generators.HostModules;

/// <summary>How a .NET type travels between host and guest.</summary>
internal enum ValueShape
{
    Int32,
    UInt32,
    Boolean,
    Int64,
    UInt64,
    Single,
    Double,
    Vector128,
    Function,
    Reference,
    Enum32,
    Enum64,
}

/// <summary>A parameter or result: its shape, and the type's full name in C#.</summary>
internal sealed record ValueModel(ValueShape Shape, string Type);

/// <summary>A method that guests can import under <paramref name="Name"/>.</summary>
internal sealed record HostFunctionModel(
    string Name, string Method, bool TakesCaller, EquatableArray<ValueModel> Parameters, EquatableArray<ValueModel> Results);

/// <summary>A class with methods that guests can import; with problems, nothing is made of it.</summary>
internal sealed record HostModuleModel(
    string Namespace, string TypeName, string FullName, string Name,
    EquatableArray<HostFunctionModel> Functions, EquatableArray<HostModuleProblem> Problems);
