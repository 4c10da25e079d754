using Nacre.Binary;
using Nacre.Syntax;

namespace Nacre.Validation;

// Spec: Validation, Instructions, Reference Instructions, and the branches on references.
internal sealed partial class BodyValidator
{
    /// <summary><c>ref.null ht</c> : <c>[] → [(ref null ht)]</c>.</summary>
    private void ValidateRefNull(HeapType type) => Push(ValType.RefNull(Resolve(type)));

    /// <summary><c>ref.is_null</c> : <c>[(ref null ht)] → [i32]</c>.</summary>
    private void ValidateRefIsNull()
    {
        PopReference();
        Push(ValType.I32);
    }

    /// <summary><c>ref.as_non_null</c> : <c>[(ref null ht)] → [(ref ht)]</c>.</summary>
    private void ValidateRefAsNonNull() => Push(PopReference().NonNullable);

    /// <summary><c>ref.func x</c> : <c>[] → [(ref dt)]</c>, where <c>dt</c> is the type of <c>x</c>, which occurs outside of bodies too.</summary>
    private void ValidateRefFunc(FuncIndex function)
    {
        DefinedType type = TypeOf(function);
        if (_isConstant) _context.DeclaredFunctions[function.Value] = true;
        else if (!_context.DeclaredFunctions[function.Value]) Fail($"undeclared function reference {function.Value}");
        Push(ValType.Ref(type.HeapType));
    }

    /// <summary><c>ref.test rt</c> : <c>[rt'] → [i32]</c>, where <c>rt'</c> is the nullable top type above <c>rt</c>.</summary>
    private void ValidateRefTest(HeapType type)
    {
        PopCastable(Resolve(type));
        Push(ValType.I32);
    }

    /// <summary><c>ref.cast rt</c> : <c>[rt'] → [rt]</c>, where <c>rt'</c> is the nullable top type above <c>rt</c>.</summary>
    private void ValidateRefCast(HeapType type, bool nullable)
    {
        HeapType target = Resolve(type);
        PopCastable(target);
        Push(ValType.Reference(target, nullable));
    }

    /// <summary><c>br_on_null l</c> : <c>[t* (ref null ht)] → [t* (ref ht)]</c>, where <c>t*</c> is what label <c>l</c> expects.</summary>
    private void ValidateBrOnNull(LabelIndex label)
    {
        ReadOnlySpan<ValType> expected = TypesOf(label);
        ValType reference = PopReference();
        Pop(expected);
        Push(expected);
        Push(reference.NonNullable);
    }

    /// <summary><c>br_on_non_null l</c> : <c>[t* (ref null ht)] → [t*]</c>, where label <c>l</c> expects <c>t* (ref ht)</c>.</summary>
    private void ValidateBrOnNonNull(LabelIndex label)
    {
        ValType reference = PopReference().NonNullable;
        ReadOnlySpan<ValType> rest = RequireLast(label, reference);
        Pop(rest);
        Push(rest);
    }

    /// <summary><c>br_on_cast l rt1 rt2</c> : <c>[t* rt1] → [t* rt1∖rt2]</c>, where label <c>l</c> expects <c>t* rt2</c>.</summary>
    private void ValidateBrOnCast(ref InstructionReader reader)
    {
        (ValType from, ValType to) = CastOf(ref reader);
        ReadOnlySpan<ValType> rest = RequireLast(new LabelIndex(reader.Index), to);
        Pop(from);
        Pop(rest);
        Push(rest);
        Push(Difference(from, to));
    }

    /// <summary><c>br_on_cast_fail l rt1 rt2</c> : <c>[t* rt1] → [t* rt2]</c>, where label <c>l</c> expects <c>t* rt1∖rt2</c>.</summary>
    private void ValidateBrOnCastFail(ref InstructionReader reader)
    {
        (ValType from, ValType to) = CastOf(ref reader);
        ReadOnlySpan<ValType> rest = RequireLast(new LabelIndex(reader.Index), Difference(from, to));
        Pop(from);
        Pop(rest);
        Push(rest);
        Push(to);
    }

    // Bit 0 of the flags says that the source admits null, bit 1 that the target does.
    private (ValType From, ValType To) CastOf(ref InstructionReader reader)
    {
        ValType from = ValType.Reference(Resolve(reader.Heap), nullable: (reader.CastFlags & 1) != 0);
        ValType to = ValType.Reference(Resolve(reader.Heap2), nullable: (reader.CastFlags & 2) != 0);
        if (!_matching.Matches(to, from))
            Fail($"type mismatch: {Name(to)} is no subtype of {Name(from)}{InOpcode}");
        return (from, to);
    }

    /// <summary>Checks that <paramref name="label"/> expects <paramref name="last"/> in the end; the answer is what it expects before.</summary>
    private ReadOnlySpan<ValType> RequireLast(LabelIndex label, ValType last)
    {
        ReadOnlySpan<ValType> expected = TypesOf(label);
        if (expected.IsEmpty || !_matching.Matches(last, expected[^1]))
            Fail($"type mismatch: instruction requires type {Name(last)} but label has {Names(expected)}{InOpcode}");
        return expected[..^1];
    }

    private void PopCastable(HeapType target) => Pop(ValType.RefNull(_matching.TopOf(target)));

    // What remains of a type when all values of another are taken from it: null, if anything.
    private static ValType Difference(ValType from, ValType taken) => taken.IsNullable ? from.NonNullable : from;

    private HeapType Resolve(HeapType type)
    {
        if (!_context.TryResolve(type, out HeapType resolved)) Unknown("type", type.Index);
        return resolved;
    }

    private ValType Resolve(ValType type)
    {
        if (!_context.TryResolve(type, out ValType resolved)) Unknown("type", type.HeapType.Index);
        return resolved;
    }
}
