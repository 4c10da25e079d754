using System.Diagnostics.CodeAnalysis;
using Nacre.Syntax;

namespace Nacre.Validation;

/// <summary>Checks the rules of a module, in the order in which later ones rest on earlier ones.</summary>
/// <remarks>Spec: Validation, Modules.</remarks>
internal sealed partial class ModuleValidator
{
    private readonly ModuleDefinition _definition;
    private readonly ValidationContext _context;
    private readonly BodyValidator _constants;
    private SectionId _section;

    private ModuleValidator(ModuleDefinition definition, WasmFeatures features, TypeRegistry registry)
    {
        _definition = definition;
        _context = new ValidationContext(definition, features, registry);
        _constants = new BodyValidator(_context);
    }

    /// <summary>Checks that <paramref name="definition"/> keeps every rule.</summary>
    /// <param name="definition">A module, decoded or parsed.</param>
    /// <param name="features">What the module may use.</param>
    /// <param name="registry">The types of the engine that is to run it; those of the module are added.</param>
    /// <exception cref="InvalidModuleException">A rule is broken. Of several functions in error, the first is reported.</exception>
    /// <exception cref="MalformedModuleException">A function body is no sequence of instructions.</exception>
    public static ValidatedModule Validate(ModuleDefinition definition, WasmFeatures features, TypeRegistry registry)
        => new ModuleValidator(definition, features, registry).Validate();

    private ValidatedModule Validate()
    {
        ValidateTypes();
        ExternType[] imports = ValidateImports();
        LayOutIndexSpaces(imports);
        ValidateGlobals();
        ValidateTableInitializers();
        ValidateElements();
        ValidateData();
        ValidateStart();
        ValidateExports();
        CodeValidator.Validate(_context);
        return new ValidatedModule(_context, imports);
    }

    private void ValidateTypes()
    {
        _section = SectionId.Type;
        int count = 0;
        foreach (RecType group in _definition.RecTypes) count += group.Members.Length;
        var types = new DefinedType[count];
        var key = new RecGroupKey();
        int start = 0;
        foreach (RecType group in _definition.RecTypes)
        {
            _context.Registry.Define(group, types, start, key, ByteOffset);
            start += group.Members.Length;
        }
        _context.Types = types;
        if (_context.Allows(WasmFeatures.MultiValue)) return;
        foreach (DefinedType type in types)
            if (type.Func is { Results.Length: > 1 }) Fail($"invalid result arity: {type.Composite}, but only one result is allowed");
    }

    private void ValidateStart()
    {
        _section = SectionId.Start;
        if (_definition.Start is not { } start) return;
        FuncType type = Lookup(_context.Functions, start.Value, "function").Func!;
        if (type.Parameters.Length > 0 || type.Results.Length > 0)
            Fail($"start function must not have parameters or results: {start} is {type}");
    }

    private void ValidateExports()
    {
        _section = SectionId.Export;
        Export[] exports = _definition.Exports;
        var names = new HashIndex();
        foreach (Export export in exports)
        {
            RequireExported(export);
            int hash = export.Name.GetHashCode();
            for (int earlier = names.First(hash); earlier >= 0; earlier = names.Next(earlier))
                if (exports[earlier].Name == export.Name) Fail($"duplicate export name \"{export.Name}\"");
            names.Add(hash);
        }
    }

    private void RequireExported(Export export)
    {
        switch (export.Kind)
        {
            case ExternKind.Func:
                Lookup(_context.Functions, export.Index, "function");
                _context.DeclaredFunctions[export.Index] = true;
                break;
            case ExternKind.Table: Lookup(_context.Tables, export.Index, "table"); break;
            case ExternKind.Memory: Lookup(_context.Memories, export.Index, "memory"); break;
            case ExternKind.Global:
                if (Lookup(_context.Globals, export.Index, "global").IsMutable) RequireMutableGlobals("exported");
                break;
            default: Lookup(_context.Tags, export.Index, "tag"); break;
        }
    }

    private T Lookup<T>(T[] space, uint index, string category)
    {
        if (index >= (uint)space.Length) Fail($"unknown {category} {index}");
        return space[index];
    }

    // The abstract syntax keeps no positions of what is outside of expressions: the section is named instead.
    private int? ByteOffset
    {
        get
        {
            foreach (SectionSpan span in _definition.Sections)
                if (span.Id == _section) return span.ByteOffset;
            return null;
        }
    }

    [DoesNotReturn]
    private void Fail(string message) => Invalid.Throw(message, ByteOffset);
}
