using Nacre.Binary;
using Nacre.Syntax;

namespace Nacre.Validation;

// Spec: Validation, Instructions, Parametric Instructions.
internal sealed partial class BodyValidator
{
    /// <summary><c>select</c> : <c>[t t i32] → [t]</c>, where <c>t</c> is a number or vector type.</summary>
    private void ValidateSelect()
    {
        Pop(ValType.I32);
        ValType second = PopNumberOrVector();
        ValType first = PopNumberOrVector();
        if (first == ValType.Bottom) first = second;
        if (second != ValType.Bottom && first != second)
            Fail($"type mismatch: instruction requires [{first} {first} i32] but stack has [{first} {second} i32]{InOpcode}");
        Push(first);
    }

    /// <summary><c>select t</c> : <c>[t t i32] → [t]</c>.</summary>
    private void ValidateSelectTyped(ref InstructionReader reader)
    {
        if (reader.VectorCount != 1) Fail($"invalid result arity {reader.VectorCount}: select has one result");
        foreach (ValType written in reader.Types)
        {
            ValType type = Resolve(written);
            Pop(ValType.I32);
            Pop(type);
            Pop(type);
            Push(type);
        }
    }

    private ValType PopNumberOrVector()
    {
        ValType type = Pop();
        if (type.IsReference)
            Fail($"type mismatch: instruction requires numeric or vector type but stack has {Name(type)}{InOpcode}");
        return type;
    }
}
