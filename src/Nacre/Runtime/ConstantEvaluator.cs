using System.Diagnostics;
using Nacre.Binary;
using Nacre.Syntax;
using Nacre.Validation;

namespace Nacre.Runtime;

/// <summary>Evaluates constant expressions of a module that is being instantiated.</summary>
/// <remarks>
/// Expressions are valid, so the stack never runs empty and operands have the right types. They may refer to functions, and to
/// globals that are filled in already. Spec: Validation, Instructions, Constant Expressions; Execution, Modules, Instantiation.
/// </remarks>
internal sealed class ConstantEvaluator(ModuleInstance instance)
{
    private RawValue[] _operands = new RawValue[4];
    private int _height;

    /// <summary>The value of <paramref name="expression"/>.</summary>
    public RawValue Evaluate(Expr expression)
    {
        var reader = new InstructionReader(expression.Bytes.Span, expression.ByteOffset, instance.Module.Features);
        while (reader.Read()) Execute(in reader);
        return Pop();
    }

    /// <summary>The value of an expression that gives an address or index: a table's or memory's <c>i32</c> or <c>i64</c>, zero-extended.</summary>
    public ulong EvaluateOffset(Expr expression) => Evaluate(expression).Low;

    private void Push(RawValue value)
    {
        if (_height == _operands.Length) Array.Resize(ref _operands, _height * 2);
        _operands[_height++] = value;
    }

    private RawValue Pop() => _operands[--_height];

    private void Execute(ref readonly InstructionReader reader)
    {
        switch (reader.Opcode)
        {
            case Opcode.I32Const or Opcode.I64Const or Opcode.F32Const or Opcode.F64Const:
                Push(RawValue.Number(reader.Bits));
                break;
            case Opcode.V128Const:
                Push(new RawValue(reader.Bits, reader.BitsHigh, null));
                break;
            case Opcode.GlobalGet:
                Push(instance.Globals[reader.Index].Value);
                break;
            case Opcode.RefNull:
                Push(RawValue.Of(null));
                break;
            case Opcode.RefFunc:
                Push(RawValue.Of(instance.Function(reader.Index)));
                break;
            case Opcode.End:
                break;
            case Opcode.AnyConvertExtern:
                Push(RawValue.Of(HostObject.Internalize(Pop().Reference)));
                break;
            case Opcode.ExternConvertAny:
                Push(RawValue.Of(HostObject.Externalize(Pop().Reference)));
                break;
            case Opcode.RefI31:
                Push(RawValue.Of(I31Reference.Of((int)Pop().Low)));
                break;
            case Opcode.StructNew or Opcode.StructNewDefault:
                MakeStruct(instance.Module.Types[reader.Index], isDefault: reader.Opcode == Opcode.StructNewDefault);
                break;
            case Opcode.ArrayNew or Opcode.ArrayNewDefault:
                MakeArray(instance.Module.Types[reader.Index], isDefault: reader.Opcode == Opcode.ArrayNewDefault);
                break;
            case Opcode.ArrayNewFixed:
                MakeFixedArray(instance.Module.Types[reader.Index], reader.Index2);
                break;
            default:
                Calculate(reader.Opcode);
                break;
        }
    }

    private void MakeStruct(DefinedType type, bool isDefault)
    {
        StructLayout layout = StructLayout.Of(type);
        StructInstance structure = layout.New();
        if (!isDefault)
        {
            RawValue[] values = PopMany(layout.Fields.Length);
            for (int i = 0; i < values.Length; i++) layout.SetInitial(structure, i, values[i]);
        }
        Push(RawValue.Of(structure));
    }

    private void MakeArray(DefinedType type, bool isDefault)
    {
        var count = (uint)Pop().Low;
        ArrayInstance array = ArrayInstance.Create(type, FieldAccesses.Of(type.Array!.Element.Storage), count);
        if (!isDefault)
        {
            RawValue value = Pop();
            for (int i = 0; i < array.Count; i++) array.SetInitial(i, value);
        }
        Push(RawValue.Of(array));
    }

    private void MakeFixedArray(DefinedType type, uint count)
    {
        ArrayInstance array = ArrayInstance.Create(type, FieldAccesses.Of(type.Array!.Element.Storage), count);
        RawValue[] values = PopMany((int)count);
        for (int i = 0; i < values.Length; i++) array.SetInitial(i, values[i]);
        Push(RawValue.Of(array));
    }

    private RawValue[] PopMany(int count)
    {
        var values = new RawValue[count];
        for (int i = count - 1; i >= 0; i--) values[i] = Pop();
        return values;
    }

    private void Calculate(Opcode opcode)
    {
        ulong right = Pop().Low;
        ulong left = Pop().Low;
        Push(RawValue.Number(opcode switch
        {
            Opcode.I32Add => (uint)Meanings.I32Add((int)left, (int)right),
            Opcode.I32Sub => (uint)Meanings.I32Sub((int)left, (int)right),
            Opcode.I32Mul => (uint)Meanings.I32Mul((int)left, (int)right),
            Opcode.I64Add => (ulong)Meanings.I64Add((long)left, (long)right),
            Opcode.I64Sub => (ulong)Meanings.I64Sub((long)left, (long)right),
            Opcode.I64Mul => (ulong)Meanings.I64Mul((long)left, (long)right),
            _ => throw new UnreachableException($"{opcode} in a constant expression"),
        }));
    }
}
