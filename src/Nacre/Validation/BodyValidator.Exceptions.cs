using Nacre.Binary;
using Nacre.Syntax;

namespace Nacre.Validation;

// Spec: Validation, Instructions, Control Instructions: exceptions; Legacy Exception Handling for try, catch, delegate and rethrow.
internal sealed partial class BodyValidator
{
    /// <summary><c>throw x</c> : <c>[t1* t*] → [t2*]</c>, where <c>t*</c> are the parameters of tag <c>x</c>.</summary>
    private void ValidateThrow(TagIndex tag)
    {
        Pop(TypeOf(tag).Parameters);
        Unreachable();
    }

    /// <summary><c>throw_ref</c> : <c>[t1* exnref] → [t2*]</c>.</summary>
    private void ValidateThrowRef()
    {
        Pop(ValType.Exnref);
        Unreachable();
    }

    /// <summary><c>try_table bt catch*</c> : <c>[t1*] → [t2*]</c>, where <c>bt</c> is that type and each clause fits its label.</summary>
    private void ValidateTryTable(ref InstructionReader reader)
    {
        FuncType type = TypeOf(reader.Block);
        foreach (CatchClause clause in reader.Catches) ValidateCatchClause(clause);
        Open(Opcode.TryTable, type);
    }

    // A clause leaves the tag's parameters, then the exception when it asks for it, on the stack of its label.
    private void ValidateCatchClause(CatchClause clause)
    {
        ReadOnlySpan<ValType> parameters = CatchClause.HasTag(clause.Kind) ? TypeOf(clause.Tag).Parameters : [];
        ReadOnlySpan<ValType> expected = TypesOf(clause.Label);
        bool hasReference = clause.Kind is CatchKind.CatchRef or CatchKind.CatchAllRef;
        int count = parameters.Length + (hasReference ? 1 : 0);
        bool fits = count == expected.Length
            && _matching.Matches(parameters, expected[..parameters.Length])
            && (!hasReference || _matching.Matches(ValType.Ref(AbstractHeapType.Exn), expected[^1]));
        if (!fits)
            Fail($"type mismatch: catch leaves {Names(parameters)}{(hasReference ? " and (ref exn)" : "")} but label requires {Names(expected)}");
    }

    /// <summary><c>catch x</c> ends the part of a <c>try</c> before it, and begins one with the parameters of tag <c>x</c>.</summary>
    private void ValidateCatch(TagIndex tag)
    {
        RequireTry(Opcode.Try, Opcode.Catch);
        FuncType thrown = TypeOf(tag);
        Continue(Opcode.Catch, Close(), thrown.Parameters);
    }

    /// <summary><c>catch_all</c> ends the part of a <c>try</c> before it, and begins the last one.</summary>
    private void ValidateCatchAll()
    {
        RequireTry(Opcode.Try, Opcode.Catch);
        Continue(Opcode.CatchAll, Close(), []);
    }

    /// <summary><c>delegate l</c> ends a <c>try</c>; what it throws is handled by label <c>l</c>, counted outside of the block.</summary>
    private void ValidateDelegate(LabelIndex label)
    {
        RequireTry(Opcode.Try, Opcode.Try);
        FuncType type = Close();
        Leave(type);
        FrameOf(label);
    }

    /// <summary><c>rethrow l</c> : <c>[t1*] → [t2*]</c>, where label <c>l</c> is that of a <c>catch</c> or <c>catch_all</c>.</summary>
    private void ValidateRethrow(LabelIndex label)
    {
        if (FrameOf(label).Opener is not (Opcode.Catch or Opcode.CatchAll)) Fail($"invalid rethrow label {label.Value}");
        Unreachable();
    }

    private void RequireTry(Opcode first, Opcode second)
    {
        if (Innermost.Opener != first && Innermost.Opener != second)
            Malformed.Throw($"END opcode expected: {OpcodeInfo.Mnemonic(_opcode)} without try", _byteOffset);
    }

    private FuncType TypeOf(TagIndex tag)
    {
        if (tag.Value >= (uint)_context.Tags.Length) Unknown("tag", tag.Value);
        return _context.Tags[tag.Value].Func!;
    }
}
