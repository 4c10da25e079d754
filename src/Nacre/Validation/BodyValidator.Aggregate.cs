using Nacre.Syntax;

namespace Nacre.Validation;

// Spec: Validation, Instructions, Aggregate Reference Instructions; x and y are structure and array types.
internal sealed partial class BodyValidator
{
    /// <summary><c>struct.new x</c> : <c>[t*] → [(ref x)]</c>, where <c>t*</c> are the unpacked fields of <c>x</c>.</summary>
    private void ValidateStructNew(TypeIndex type)
    {
        ReadOnlySpan<FieldType> fields = StructOf(type).Fields;
        for (int i = fields.Length - 1; i >= 0; i--) Pop(fields[i].Storage.Unpacked);
        Push(ValType.Ref(TypeOf(type).HeapType));
    }

    /// <summary><c>struct.new_default x</c> : <c>[] → [(ref x)]</c>, where all fields have a default.</summary>
    private void ValidateStructNewDefault(TypeIndex type)
    {
        foreach (FieldType field in StructOf(type).Fields) RequireDefaultable(field);
        Push(ValType.Ref(TypeOf(type).HeapType));
    }

    /// <summary><c>struct.get x i</c>, <c>struct.get_s</c>, <c>struct.get_u</c> : <c>[(ref null x)] → [t]</c>.</summary>
    private void ValidateStructGet(TypeIndex type, uint index, bool isExtending)
    {
        FieldType field = FieldOf(type, index);
        RequirePacking(field, isExtending);
        Pop(ValType.RefNull(TypeOf(type).HeapType));
        Push(field.Storage.Unpacked);
    }

    /// <summary><c>struct.set x i</c> : <c>[(ref null x) t] → []</c>, where field <c>i</c> can change.</summary>
    private void ValidateStructSet(TypeIndex type, uint index)
    {
        FieldType field = FieldOf(type, index);
        if (!field.IsMutable) Fail($"immutable field {index}{InOpcode}");
        Pop([ValType.RefNull(TypeOf(type).HeapType), field.Storage.Unpacked]);
    }

    /// <summary><c>array.new x</c> : <c>[t i32] → [(ref x)]</c>.</summary>
    private void ValidateArrayNew(TypeIndex type)
    {
        FieldType element = ElementOf(type);
        Pop([element.Storage.Unpacked, ValType.I32]);
        Push(ValType.Ref(TypeOf(type).HeapType));
    }

    /// <summary><c>array.new_default x</c> : <c>[i32] → [(ref x)]</c>, where the elements have a default.</summary>
    private void ValidateArrayNewDefault(TypeIndex type)
    {
        RequireDefaultable(ElementOf(type));
        Pop(ValType.I32);
        Push(ValType.Ref(TypeOf(type).HeapType));
    }

    /// <summary><c>array.new_fixed x n</c> : <c>[tⁿ] → [(ref x)]</c>.</summary>
    private void ValidateArrayNewFixed(TypeIndex type, uint count)
    {
        ValType element = ElementOf(type).Storage.Unpacked;
        if (count > ImplementationLimits.ArrayNewFixedOperands)
            Fail($"too many operands: the limit of {OpcodeInfo.Mnemonic(_opcode)} is {ImplementationLimits.ArrayNewFixedOperands}");
        Pop(element, count);
        Push(ValType.Ref(TypeOf(type).HeapType));
    }

    /// <summary><c>array.new_data x y</c> : <c>[i32 i32] → [(ref x)]</c>, where the elements are numbers or vectors.</summary>
    private void ValidateArrayNewData(TypeIndex type, DataIndex segment)
    {
        RequireNumeric(ElementOf(type));
        Require(segment);
        Pop([ValType.I32, ValType.I32]);
        Push(ValType.Ref(TypeOf(type).HeapType));
    }

    /// <summary><c>array.new_elem x y</c> : <c>[i32 i32] → [(ref x)]</c>, where elements of segment <c>y</c> fit into the array.</summary>
    private void ValidateArrayNewElem(TypeIndex type, ElemIndex segment)
    {
        RequireElements(segment, ElementOf(type));
        Pop([ValType.I32, ValType.I32]);
        Push(ValType.Ref(TypeOf(type).HeapType));
    }

    /// <summary><c>array.get x</c>, <c>array.get_s</c>, <c>array.get_u</c> : <c>[(ref null x) i32] → [t]</c>.</summary>
    private void ValidateArrayGet(TypeIndex type, bool isExtending)
    {
        FieldType element = ElementOf(type);
        RequirePacking(element, isExtending);
        Pop([ValType.RefNull(TypeOf(type).HeapType), ValType.I32]);
        Push(element.Storage.Unpacked);
    }

    /// <summary><c>array.set x</c> : <c>[(ref null x) i32 t] → []</c>, where the elements can change.</summary>
    private void ValidateArraySet(TypeIndex type)
    {
        FieldType element = MutableElementOf(type);
        Pop([ValType.RefNull(TypeOf(type).HeapType), ValType.I32, element.Storage.Unpacked]);
    }

    /// <summary><c>array.fill x</c> : <c>[(ref null x) i32 t i32] → []</c>, where the elements can change.</summary>
    private void ValidateArrayFill(TypeIndex type)
    {
        FieldType element = MutableElementOf(type);
        Pop([ValType.RefNull(TypeOf(type).HeapType), ValType.I32, element.Storage.Unpacked, ValType.I32]);
    }

    /// <summary><c>array.copy x y</c> : <c>[(ref null x) i32 (ref null y) i32 i32] → []</c>, where elements of <c>y</c> fit into <c>x</c>.</summary>
    private void ValidateArrayCopy(TypeIndex destination, TypeIndex source)
    {
        FieldType to = MutableElementOf(destination), from = ElementOf(source);
        if (!_matching.Matches(from.Storage, to.Storage)) Fail($"array types do not match: {from.Storage} is no {to.Storage}{InOpcode}");
        Pop([ValType.RefNull(TypeOf(destination).HeapType), ValType.I32, ValType.RefNull(TypeOf(source).HeapType), ValType.I32, ValType.I32]);
    }

    /// <summary><c>array.init_data x y</c> : <c>[(ref null x) i32 i32 i32] → []</c>, where the elements are numbers or vectors that can change.</summary>
    private void ValidateArrayInitData(TypeIndex type, DataIndex segment)
    {
        RequireNumeric(MutableElementOf(type));
        Require(segment);
        Pop([ValType.RefNull(TypeOf(type).HeapType), ValType.I32, ValType.I32, ValType.I32]);
    }

    /// <summary><c>array.init_elem x y</c> : <c>[(ref null x) i32 i32 i32] → []</c>, where elements of segment <c>y</c> fit into the array.</summary>
    private void ValidateArrayInitElem(TypeIndex type, ElemIndex segment)
    {
        RequireElements(segment, MutableElementOf(type));
        Pop([ValType.RefNull(TypeOf(type).HeapType), ValType.I32, ValType.I32, ValType.I32]);
    }

    /// <summary><c>any.convert_extern</c>, <c>extern.convert_any</c> : <c>[(ref null? ht)] → [(ref null? ht')]</c>, null as before.</summary>
    private void ValidateConvert(AbstractHeapType from, AbstractHeapType to)
    {
        ValType reference = PopReference();
        if (!_matching.Matches(reference, ValType.RefNull(from)))
            Fail($"type mismatch: instruction requires [{ValType.RefNull(from)}] but stack has [{Name(reference)}]{InOpcode}");
        Push(ValType.Reference(new HeapType(to), reference.IsNullable));
    }

    private StructType StructOf(TypeIndex type)
    {
        StructType? structure = TypeOf(type).Struct;
        if (structure is null) Fail($"non-structure type {type.Value}");
        return structure;
    }

    private FieldType FieldOf(TypeIndex type, uint index)
    {
        ReadOnlySpan<FieldType> fields = StructOf(type).Fields;
        if (index >= (uint)fields.Length) Unknown("field", index);
        return fields[(int)index];
    }

    private FieldType ElementOf(TypeIndex type)
    {
        ArrayType? array = TypeOf(type).Array;
        if (array is null) Fail($"non-array type {type.Value}");
        return array.Element;
    }

    private FieldType MutableElementOf(TypeIndex type)
    {
        FieldType element = ElementOf(type);
        if (!element.IsMutable) Fail($"immutable array: type {type.Value}{InOpcode}");
        return element;
    }

    private void RequireDefaultable(FieldType field)
    {
        if (!field.Storage.Unpacked.IsDefaultable) Fail($"type mismatch: {Name(field.Storage.Unpacked)} is not defaultable{InOpcode}");
    }

    private void RequirePacking(FieldType field, bool isExtending)
    {
        if (field.Storage.IsPacked != isExtending)
            Fail($"type mismatch: storage {field.Storage} is {(isExtending ? "unpacked" : "packed")}{InOpcode}");
    }

    private void RequireNumeric(FieldType element)
    {
        if (element.Storage.Unpacked.IsReference) Fail($"array type is not numeric or vector{InOpcode}");
    }

    private void RequireElements(ElemIndex segment, FieldType element)
    {
        ValType segmentType = TypeOf(segment);
        if (!_matching.Matches(new StorageType(segmentType), element.Storage))
            Fail($"type mismatch: element segment's type {Name(segmentType)} does not match array's field type {element}{InOpcode}");
    }
}
