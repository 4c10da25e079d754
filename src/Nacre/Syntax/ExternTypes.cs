namespace Nacre.Syntax;

/// <summary>The type of addresses and sizes of a memory or table.</summary>
/// <remarks>Spec: Structure, Types, Address Types.</remarks>
public enum AddressType : byte
{
    /// <summary>32-bit addresses.</summary>
    I32,
    /// <summary>64-bit addresses.</summary>
    I64,
}

/// <summary>Bounds of a size: pages for a memory, elements for a table.</summary>
/// <remarks>Spec: Structure, Types, Limits.</remarks>
public readonly record struct Limits(ulong Minimum, ulong? Maximum = null)
{
    /// <summary>The limits in the text format.</summary>
    public override string ToString() => Maximum is { } maximum ? $"{Minimum} {maximum}" : $"{Minimum}";
}

/// <summary>What a module imports or exports, an <see cref="ExternKind"/> each.</summary>
/// <remarks>Spec: Structure, Types, External Types. Instances are immutable.</remarks>
public abstract record ExternType
{
    private protected ExternType() { }

    /// <summary>Which of the five kinds this is.</summary>
    public abstract ExternKind Kind { get; }
}

/// <summary>The kinds of imports and exports. Values are the codes of the binary format.</summary>
public enum ExternKind : byte
{
    /// <summary>A function.</summary>
    Func = 0,
    /// <summary>A table.</summary>
    Table = 1,
    /// <summary>A memory.</summary>
    Memory = 2,
    /// <summary>A global.</summary>
    Global = 3,
    /// <summary>A tag.</summary>
    Tag = 4,
}

/// <summary>A function whose type is a defined type of the module (or, at run time, a canonical one).</summary>
public sealed record FuncExternType(HeapType Type) : ExternType
{
    /// <inheritdoc/>
    public override ExternKind Kind => ExternKind.Func;

    /// <summary>The type in the text format.</summary>
    public override string ToString() => $"(func (type {Type}))";
}

/// <summary>A table: what its elements are, and how many there can be.</summary>
public sealed record TableType(ValType Element, Limits Limits, AddressType Address = AddressType.I32) : ExternType
{
    /// <inheritdoc/>
    public override ExternKind Kind => ExternKind.Table;

    /// <summary>The type in the text format.</summary>
    public override string ToString() => $"(table {(Address == AddressType.I64 ? "i64 " : "")}{Limits} {Element})";
}

/// <summary>A memory. <paramref name="PageSizeLog2"/> is 16 unless custom page sizes are used, when it may be 0.</summary>
public sealed record MemoryType(Limits Limits, AddressType Address = AddressType.I32, bool IsShared = false, byte PageSizeLog2 = 16) : ExternType
{
    /// <inheritdoc/>
    public override ExternKind Kind => ExternKind.Memory;

    /// <summary>Bytes in a page.</summary>
    public ulong PageByteCount => 1UL << PageSizeLog2;

    /// <summary>The type in the text format.</summary>
    public override string ToString() => $"(memory {(Address == AddressType.I64 ? "i64 " : "")}{Limits}{(IsShared ? " shared" : "")}"
        + $"{(PageSizeLog2 == 16 ? "" : $" (pagesize {PageByteCount})")})";
}

/// <summary>A global: what it holds, and whether that can change.</summary>
public sealed record GlobalType(ValType Value, bool IsMutable) : ExternType
{
    /// <inheritdoc/>
    public override ExternKind Kind => ExternKind.Global;

    /// <summary>The type in the text format.</summary>
    public override string ToString() => IsMutable ? $"(global (mut {Value}))" : $"(global {Value})";
}

/// <summary>A tag of exceptions; the function type's parameters are what is thrown.</summary>
public sealed record TagType(HeapType Type) : ExternType
{
    /// <inheritdoc/>
    public override ExternKind Kind => ExternKind.Tag;

    /// <summary>The type in the text format.</summary>
    public override string ToString() => $"(tag (type {Type}))";
}
