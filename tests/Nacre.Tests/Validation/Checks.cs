using Nacre.Binary;
using Nacre.Syntax;
using Nacre.Validation;

namespace Nacre.Tests.Validation;

/// <summary>Writes the instructions of a body; the last <c>end</c> comes by itself.</summary>
internal delegate void Body(InstructionWriter code);

/// <summary>Small modules, and whether they are valid.</summary>
internal static class Checks
{
    /// <summary>The instructions as an expression that begins at byte 0.</summary>
    public static Expr Code(Body body)
    {
        var output = new ByteWriter();
        var code = new InstructionWriter(output);
        body(code);
        code.Write(Opcode.End);
        return new Expr(output.ToArray(), ByteOffset: 0);
    }

    public static Expr I32(int value) => Code(code => code.WriteConst(value));

    /// <summary>A recursive group of one plain type.</summary>
    public static RecType Group(CompositeType type) => new([SubType.Plain(type)]);

    /// <summary>A recursive group of one type that may be extended.</summary>
    public static RecType Open(CompositeType type, params HeapType[] supertypes) => new([new SubType(isFinal: false, supertypes, type)]);

    public static FuncType Func(ValType[]? parameters = null, ValType[]? results = null) => new(parameters ?? [], results ?? []);

    public static FieldType Field(ValType type, bool isMutable = false) => new(new StorageType(type), isMutable);

    /// <summary>Type number <paramref name="index"/> of the module.</summary>
    public static HeapType Type(uint index) => new(index, TypeSpace.Module);

    public static FuncDefinition Function(uint type, Body body, params LocalRun[] locals) => new(new TypeIndex(type), locals, Code(body));

    /// <summary>A module whose only function is of type 0; <paramref name="types"/> follow.</summary>
    public static ModuleDefinition WithBody(Body body, ValType[]? parameters = null, ValType[]? results = null, LocalRun[]? locals = null, params RecType[] types)
        => new() { RecTypes = [Group(Func(parameters, results)), .. types], Functions = [Function(0, body, locals ?? [])] };

    public static ValidatedModule Valid(ModuleDefinition module, WasmFeatures features = WasmFeatures.All, TypeRegistry? registry = null)
    {
        registry ??= new TypeRegistry();
        if (LongCode.TryMake(module, out ModuleDefinition? longer)) ModuleValidator.Validate(longer, features, registry);
        return ModuleValidator.Validate(module, features, registry);
    }

    public static InvalidModuleException Invalid(string message, ModuleDefinition module, WasmFeatures features = WasmFeatures.All)
    {
        if (LongCode.TryMake(module, out ModuleDefinition? longer)) Refuse(message, longer, features);
        return Refuse(message, module, features);
    }

    private static InvalidModuleException Refuse(string message, ModuleDefinition module, WasmFeatures features)
    {
        var error = Assert.Throws<InvalidModuleException>(() => { ModuleValidator.Validate(module, features, new TypeRegistry()); });
        Assert.StartsWith(message, error.Message, StringComparison.Ordinal);
        return error;
    }

    /// <summary>A body of type <c>[] → [results]</c>, in a module with these locals and types from number 1 on.</summary>
    public static void ValidBody(Body body, ValType[]? results = null, LocalRun[]? locals = null, params RecType[] types)
        => Valid(WithBody(body, null, results, locals, types));

    /// <inheritdoc cref="ValidBody"/>
    public static InvalidModuleException InvalidBody(string message, Body body, ValType[]? results = null, LocalRun[]? locals = null, params RecType[] types)
        => Invalid(message, WithBody(body, null, results, locals, types));
}
