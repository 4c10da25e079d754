using System.Collections.Immutable;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace Nacre.Architecture.Tests;

/// <summary>
/// Which types of an assembly use which others, of it and of some namespaces elsewhere, in signatures and in code. Nested types count as
/// the type around them.
/// </summary>
internal sealed class TypeUses
{
    private readonly PEReader _file;
    private readonly MetadataReader _metadata;
    private readonly Dictionary<string, HashSet<string>> _uses = [];

    private readonly string[] _foreignNamespaces;

    private TypeUses(PEReader file, string[] foreignNamespaces)
    {
        _foreignNamespaces = foreignNamespaces;
        _file = file;
        _metadata = file.GetMetadataReader();
        foreach (TypeDefinitionHandle type in _metadata.TypeDefinitions) Read(type);
    }

    /// <summary>Full names of used types, by full name of the using type.</summary>
    public static IReadOnlyDictionary<string, HashSet<string>> Of(string assemblyPath, params string[] foreignNamespaces)
    {
        using var file = new PEReader(File.OpenRead(assemblyPath));
        return new TypeUses(file, foreignNamespaces)._uses;
    }

    private void Read(TypeDefinitionHandle handle)
    {
        string name = NameOf(handle);
        if (IsCompilerMade(name)) return;
        if (!_uses.TryGetValue(name, out HashSet<string>? uses)) _uses.Add(name, uses = []);

        TypeDefinition type = _metadata.GetTypeDefinition(handle);
        Add(uses, type.BaseType);
        foreach (InterfaceImplementationHandle implementation in type.GetInterfaceImplementations())
            Add(uses, _metadata.GetInterfaceImplementation(implementation).Interface);
        foreach (FieldDefinitionHandle field in type.GetFields()) Add(uses, field);
        foreach (MethodDefinitionHandle method in type.GetMethods())
        {
            Add(uses, method);
            AddBody(uses, _metadata.GetMethodDefinition(method));
        }
        uses.RemoveWhere(used => used == name || IsCompilerMade(used));
    }

    // What the compiler makes for the whole assembly is in no namespace.
    private static bool IsCompilerMade(string name) => !name.Contains('.', StringComparison.Ordinal);

    private void AddBody(HashSet<string> uses, MethodDefinition method)
    {
        if (method.RelativeVirtualAddress == 0) return;
        MethodBodyBlock body = _file.GetMethodBody(method.RelativeVirtualAddress);
        if (!body.LocalSignature.IsNil) Add(uses, _metadata.GetStandaloneSignature(body.LocalSignature).DecodeLocalSignature(Names, null));
        foreach (EntityHandle token in Instructions.TokensIn(body.GetILReader())) Add(uses, token);
        foreach (ExceptionRegion region in body.ExceptionRegions) Add(uses, region.CatchType);
    }

    private void Add(HashSet<string> uses, EntityHandle handle)
    {
        if (handle.IsNil) return;
        switch (handle.Kind)
        {
            case HandleKind.TypeDefinition:
                uses.Add(NameOf((TypeDefinitionHandle)handle));
                break;
            case HandleKind.TypeReference:
                Add(uses, [NameOf((TypeReferenceHandle)handle)]);
                break;
            case HandleKind.TypeSpecification:
                Add(uses, [_metadata.GetTypeSpecification((TypeSpecificationHandle)handle).DecodeSignature(Names, null)]);
                break;
            case HandleKind.FieldDefinition:
                FieldDefinition field = _metadata.GetFieldDefinition((FieldDefinitionHandle)handle);
                Add(uses, [field.DecodeSignature(Names, null)]);
                Add(uses, field.GetDeclaringType());
                break;
            case HandleKind.MethodDefinition:
                MethodDefinition method = _metadata.GetMethodDefinition((MethodDefinitionHandle)handle);
                Add(uses, method.DecodeSignature(Names, null));
                Add(uses, method.GetDeclaringType());
                break;
            case HandleKind.MemberReference:
                MemberReference member = _metadata.GetMemberReference((MemberReferenceHandle)handle);
                if (member.GetKind() == MemberReferenceKind.Field) Add(uses, [member.DecodeFieldSignature(Names, null)]);
                else Add(uses, member.DecodeMethodSignature(Names, null));
                Add(uses, member.Parent);
                break;
            case HandleKind.MethodSpecification:
                MethodSpecification generic = _metadata.GetMethodSpecification((MethodSpecificationHandle)handle);
                Add(uses, generic.DecodeSignature(Names, null));
                Add(uses, generic.Method);
                break;
        }
    }

    private static void Add(HashSet<string> uses, MethodSignature<ImmutableHashSet<string>> signature)
        => Add(uses, signature.ParameterTypes.Append(signature.ReturnType));

    private static void Add(HashSet<string> uses, IEnumerable<ImmutableHashSet<string>> types)
    {
        foreach (ImmutableHashSet<string> type in types) uses.UnionWith(type);
    }

    private TypeNames Names => new(NameOf, NameOf);

    private string NameOf(TypeDefinitionHandle handle)
    {
        TypeDefinition type = _metadata.GetTypeDefinition(handle);
        if (!type.GetDeclaringType().IsNil) return NameOf(type.GetDeclaringType());
        string space = _metadata.GetString(type.Namespace), name = _metadata.GetString(type.Name);
        return space.Length == 0 ? name : $"{space}.{name}";
    }

    // The names of types of other assemblies only where they are in one of the namespaces that matter.
    private ImmutableHashSet<string> NameOf(TypeReferenceHandle handle)
    {
        TypeReference type = _metadata.GetTypeReference(handle);
        if (type.ResolutionScope.Kind == HandleKind.TypeReference) return NameOf((TypeReferenceHandle)type.ResolutionScope);
        string space = _metadata.GetString(type.Namespace);
        return _foreignNamespaces.Contains(space) ? [$"{space}.{_metadata.GetString(type.Name)}"] : [];
    }
}
