namespace Nacre.Syntax;

/// <summary>How much a module may hold. The specification sets no bounds; these are the ones engines agree on.</summary>
/// <remarks>Spec: Appendix, Implementation Limitations. The numbers are those of the JavaScript interface (Implementation-defined
/// Limits), so a module that runs in a browser runs here.</remarks>
public static class ImplementationLimits
{
    /// <summary>Size of a module, in bytes.</summary>
    public const int ModuleByteCount = 1 << 30;
    /// <summary>Types of a module, and members of one recursive group.</summary>
    public const int Types = 1_000_000;
    /// <summary>Parameters of a function type.</summary>
    public const int Parameters = 1_000;
    /// <summary>Results of a function type.</summary>
    public const int Results = 1_000;
    /// <summary>Fields of a structure type.</summary>
    public const int Fields = 10_000;
    /// <summary>Imports of a module.</summary>
    public const int Imports = 1_000_000;
    /// <summary>Functions that a module defines.</summary>
    public const int Functions = 1_000_000;
    /// <summary>Tables that a module defines.</summary>
    public const int Tables = 100_000;
    /// <summary>Memories that a module defines.</summary>
    public const int Memories = 100;
    /// <summary>Tags that a module defines.</summary>
    public const int Tags = 1_000_000;
    /// <summary>Globals that a module defines.</summary>
    public const int Globals = 1_000_000;
    /// <summary>Exports of a module.</summary>
    public const int Exports = 1_000_000;
    /// <summary>Element segments of a module.</summary>
    public const int ElementSegments = 1_000_000;
    /// <summary>Elements of one element segment.</summary>
    public const int Elements = 10_000_000;
    /// <summary>Data segments of a module.</summary>
    public const int DataSegments = 100_000;
    /// <summary>Size of a function, its declared locals included, in bytes.</summary>
    public const int FunctionByteCount = 7_654_321;
    /// <summary>Declared locals of a function.</summary>
    public const int Locals = 50_000;
    /// <summary>How many supertypes a type can have, one above the other.</summary>
    public const int SubtypingDepth = 63;
    /// <summary>Operands of <c>array.new_fixed</c>.</summary>
    public const int ArrayNewFixedOperands = 10_000;
    /// <summary>Values on the operand stack of a function. Engines have not agreed on this one: a few bytes of calls can push very many.</summary>
    public const int Operands = 1_000_000;
}
