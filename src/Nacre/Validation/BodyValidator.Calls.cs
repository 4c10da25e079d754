using Nacre.Syntax;

namespace Nacre.Validation;

// Spec: Validation, Instructions, Control Instructions: calls.
internal sealed partial class BodyValidator
{
    /// <summary><c>call f</c> : <c>[t1*] → [t2*]</c>, the type of function <c>f</c>.</summary>
    private void ValidateCall(FuncIndex function) => Apply(TypeOf(function).Func!);

    /// <summary><c>call_indirect x y</c> : <c>[t1* at] → [t2*]</c>, where <c>y</c> is that type and table <c>x</c> holds functions.</summary>
    private void ValidateCallIndirect(TypeIndex type, TableIndex table) => Apply(PopTableElement(type, table));

    /// <summary><c>call_ref x</c> : <c>[t1* (ref null x)] → [t2*]</c>, where <c>x</c> is that function type.</summary>
    private void ValidateCallRef(TypeIndex type) => Apply(PopFunction(type));

    /// <summary><c>return_call f</c> : <c>[t3* t1*] → [t4*]</c>, where function <c>f</c> returns what this function does.</summary>
    private void ValidateReturnCall(FuncIndex function) => ApplyAndReturn(TypeOf(function).Func!);

    /// <summary><c>return_call_indirect x y</c> : <c>[t3* t1* at] → [t4*]</c>.</summary>
    private void ValidateReturnCallIndirect(TypeIndex type, TableIndex table) => ApplyAndReturn(PopTableElement(type, table));

    /// <summary><c>return_call_ref x</c> : <c>[t3* t1* (ref null x)] → [t4*]</c>.</summary>
    private void ValidateReturnCallRef(TypeIndex type) => ApplyAndReturn(PopFunction(type));

    private FuncType PopTableElement(TypeIndex type, TableIndex table)
    {
        TableType tableType = TypeOf(table);
        if (!_matching.Matches(tableType.Element, ValType.Funcref))
            Fail($"type mismatch: instruction requires table of function type but table has element type {Name(tableType.Element)}{InOpcode}");
        FuncType called = FuncTypeOf(type);
        Pop(OperandOf(tableType.Address));
        return called;
    }

    private FuncType PopFunction(TypeIndex type)
    {
        FuncType called = FuncTypeOf(type);
        Pop(ValType.RefNull(TypeOf(type).HeapType));
        return called;
    }

    private void Apply(FuncType type)
    {
        Pop(type.Parameters);
        Push(type.Results);
    }

    private void ApplyAndReturn(FuncType type)
    {
        if (!_matching.Matches(type.Results, Results))
            Fail($"type mismatch: current function requires result type {Names(Results)} but callee returns {Names(type.Results)}{InOpcode}");
        Pop(type.Parameters);
        Unreachable();
    }

    private DefinedType TypeOf(FuncIndex function)
    {
        if (function.Value >= (uint)_context.Functions.Length) Unknown("function", function.Value);
        return _context.Functions[function.Value];
    }

    private DefinedType TypeOf(TypeIndex type)
    {
        if (type.Value >= (uint)_context.Types.Length) Unknown("type", type.Value);
        return _context.Types[type.Value];
    }

    private FuncType FuncTypeOf(TypeIndex type)
    {
        FuncType? func = TypeOf(type).Func;
        if (func is null) Fail($"non-function type {type.Value}");
        return func;
    }
}
