using System.Collections.Immutable;
using System.Reflection.Metadata;

namespace Nacre.Architecture.Tests;

/// <summary>The types that a signature mentions: those of the same assembly, and what <paramref name="namesOf"/> makes of others.</summary>
internal sealed class TypeNames(Func<TypeDefinitionHandle, string> nameOf, Func<TypeReferenceHandle, ImmutableHashSet<string>> namesOf)
    : ISignatureTypeProvider<ImmutableHashSet<string>, object?>
{
    private static readonly ImmutableHashSet<string> s_none = [];

    public ImmutableHashSet<string> GetTypeFromDefinition(MetadataReader reader, TypeDefinitionHandle handle, byte rawTypeKind) => [nameOf(handle)];

    public ImmutableHashSet<string> GetTypeFromSpecification(MetadataReader reader, object? genericContext, TypeSpecificationHandle handle, byte rawTypeKind)
        => reader.GetTypeSpecification(handle).DecodeSignature(this, genericContext);

    public ImmutableHashSet<string> GetGenericInstantiation(ImmutableHashSet<string> genericType, ImmutableArray<ImmutableHashSet<string>> typeArguments)
        => genericType.Union(typeArguments.SelectMany(type => type));

    public ImmutableHashSet<string> GetFunctionPointerType(MethodSignature<ImmutableHashSet<string>> signature)
        => signature.ReturnType.Union(signature.ParameterTypes.SelectMany(type => type));

    public ImmutableHashSet<string> GetArrayType(ImmutableHashSet<string> elementType, ArrayShape shape) => elementType;
    public ImmutableHashSet<string> GetByReferenceType(ImmutableHashSet<string> elementType) => elementType;
    public ImmutableHashSet<string> GetPinnedType(ImmutableHashSet<string> elementType) => elementType;
    public ImmutableHashSet<string> GetPointerType(ImmutableHashSet<string> elementType) => elementType;
    public ImmutableHashSet<string> GetSZArrayType(ImmutableHashSet<string> elementType) => elementType;
    public ImmutableHashSet<string> GetModifiedType(ImmutableHashSet<string> modifier, ImmutableHashSet<string> unmodifiedType, bool isRequired) => unmodifiedType;
    public ImmutableHashSet<string> GetGenericMethodParameter(object? genericContext, int index) => s_none;
    public ImmutableHashSet<string> GetGenericTypeParameter(object? genericContext, int index) => s_none;
    public ImmutableHashSet<string> GetPrimitiveType(PrimitiveTypeCode typeCode) => s_none;
    public ImmutableHashSet<string> GetTypeFromReference(MetadataReader reader, TypeReferenceHandle handle, byte rawTypeKind) => namesOf(handle);
}
