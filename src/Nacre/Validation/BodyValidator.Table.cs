using Nacre.Syntax;

namespace Nacre.Validation;

// Spec: Validation, Instructions, Table Instructions. at is the address type of the table.
internal sealed partial class BodyValidator
{
    /// <summary><c>table.get x</c> : <c>[at] → [t]</c>.</summary>
    private void ValidateTableGet(TableIndex table)
    {
        TableType type = TypeOf(table);
        Pop(OperandOf(type.Address));
        Push(type.Element);
    }

    /// <summary><c>table.set x</c> : <c>[at t] → []</c>.</summary>
    private void ValidateTableSet(TableIndex table)
    {
        TableType type = TypeOf(table);
        Pop([OperandOf(type.Address), type.Element]);
    }

    /// <summary><c>table.grow x</c> : <c>[t at] → [at]</c>.</summary>
    private void ValidateTableGrow(TableIndex table)
    {
        TableType type = TypeOf(table);
        Pop([type.Element, OperandOf(type.Address)]);
        Push(OperandOf(type.Address));
    }

    /// <summary><c>table.fill x</c> : <c>[at t at] → []</c>.</summary>
    private void ValidateTableFill(TableIndex table)
    {
        TableType type = TypeOf(table);
        Pop([OperandOf(type.Address), type.Element, OperandOf(type.Address)]);
    }

    /// <summary><c>table.copy x y</c> : <c>[at1 at2 at] → []</c>, where elements of <c>y</c> fit into <c>x</c> and <c>at</c> is the smaller type.</summary>
    private void ValidateTableCopy(TableIndex destination, TableIndex source)
    {
        TableType to = TypeOf(destination), from = TypeOf(source);
        if (!_matching.Matches(from.Element, to.Element))
            Fail($"type mismatch: source element type {Name(from.Element)} does not match destination element type {Name(to.Element)}{InOpcode}");
        Pop([OperandOf(to.Address), OperandOf(from.Address), OperandOf(Smaller(to.Address, from.Address))]);
    }

    /// <summary><c>table.init x y</c> : <c>[at i32 i32] → []</c>, where elements of segment <c>y</c> fit into table <c>x</c>.</summary>
    private void ValidateTableInit(ElemIndex segment, TableIndex table)
    {
        TableType type = TypeOf(table);
        ValType element = TypeOf(segment);
        if (!_matching.Matches(element, type.Element))
            Fail($"type mismatch: element segment's type {Name(element)} does not match table's element type {Name(type.Element)}{InOpcode}");
        Pop([OperandOf(type.Address), ValType.I32, ValType.I32]);
    }

    private TableType TypeOf(TableIndex table)
    {
        if (table.Value >= (uint)_context.Tables.Length) Unknown("table", table.Value);
        return _context.Tables[table.Value];
    }

    private ValType TypeOf(ElemIndex segment)
    {
        if (segment.Value >= (uint)_context.Elements.Length) Unknown("elem segment", segment.Value);
        return _context.Elements[segment.Value];
    }

    private static ValType OperandOf(AddressType address) => address == AddressType.I64 ? ValType.I64 : ValType.I32;

    private static AddressType Smaller(AddressType left, AddressType right)
        => left == AddressType.I64 && right == AddressType.I64 ? AddressType.I64 : AddressType.I32;
}
