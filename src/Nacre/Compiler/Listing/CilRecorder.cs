using System.Diagnostics.CodeAnalysis;
using System.Diagnostics.SymbolStore;
using System.Reflection;
using System.Reflection.Emit;
using System.Runtime.InteropServices;

namespace Nacre.Compiler;

/// <summary>Passes CIL on to another generator and remembers it as text, a line for each instruction, label and border of a <c>try</c>.</summary>
[RequiresDynamicCode("Compiles guest code at run time.")]
internal sealed class CilRecorder(ILGenerator inner) : ILGenerator
{
    private readonly Dictionary<int, int> _labels = [];
    private Func<string>? _meaning;
    private int _tryDepth;

    /// <summary>A line: where it is in the CIL, how deep inside of <c>try</c>, a label or an instruction, and its operand.</summary>
    /// <remarks>The operand is told at the end: what a constant is may only be known then.</remarks>
    public readonly record struct Line(int IlOffset, int Depth, string Text, Func<string>? Operand);

    /// <summary>What was emitted so far.</summary>
    public List<Line> Lines { get; } = [];

    /// <summary>Types of the local variables, by number.</summary>
    public List<Type> Locals { get; } = [];

    /// <inheritdoc/>
    public override int ILOffset => inner.ILOffset;

    /// <summary>Says what the number means that is loaded next.</summary>
    public void Explain(Func<string> meaning) => _meaning = meaning;

    /// <inheritdoc/>
    public override void Emit(OpCode opcode)
    {
        Add(opcode.Name!);
        inner.Emit(opcode);
    }

    /// <inheritdoc/>
    public override void Emit(OpCode opcode, byte arg)
    {
        Add(opcode.Name!, CilText.Of(arg));
        inner.Emit(opcode, arg);
    }

    /// <inheritdoc/>
    public override void Emit(OpCode opcode, short arg)
    {
        Add(opcode.Name!, CilText.Of(arg));
        inner.Emit(opcode, arg);
    }

    /// <inheritdoc/>
    public override void Emit(OpCode opcode, int arg)
    {
        Add(opcode.Name!, CilText.Of(arg));
        inner.Emit(opcode, arg);
    }

    /// <inheritdoc/>
    public override void Emit(OpCode opcode, long arg)
    {
        Add(opcode.Name!, CilText.Of(arg));
        inner.Emit(opcode, arg);
    }

    /// <inheritdoc/>
    public override void Emit(OpCode opcode, float arg)
    {
        Add(opcode.Name!, CilText.Of(arg));
        inner.Emit(opcode, arg);
    }

    /// <inheritdoc/>
    public override void Emit(OpCode opcode, double arg)
    {
        Add(opcode.Name!, CilText.Of(arg));
        inner.Emit(opcode, arg);
    }

    /// <inheritdoc/>
    public override void Emit(OpCode opcode, string str)
    {
        Add(opcode.Name!, str);
        inner.Emit(opcode, str);
    }

    /// <inheritdoc/>
    public override void Emit(OpCode opcode, Label label)
    {
        Add(opcode.Name!, NameOf(label));
        inner.Emit(opcode, label);
    }

    /// <inheritdoc/>
    public override void Emit(OpCode opcode, Label[] labels)
    {
        Add(opcode.Name!, string.Join(" ", labels.Select(NameOf)));
        inner.Emit(opcode, labels);
    }

    /// <inheritdoc/>
    public override void Emit(OpCode opcode, LocalBuilder local)
    {
        Add(opcode.Name!, CilText.Of(local.LocalIndex));
        inner.Emit(opcode, local);
    }

    /// <inheritdoc/>
    public override void Emit(OpCode opcode, SignatureHelper signature)
    {
        Add(opcode.Name!);
        inner.Emit(opcode, signature);
    }

    /// <inheritdoc/>
    public override void Emit(OpCode opcode, FieldInfo field)
    {
        Add(opcode.Name!, CilText.Of(field));
        inner.Emit(opcode, field);
    }

    /// <inheritdoc/>
    public override void Emit(OpCode opcode, MethodInfo meth)
    {
        Add(opcode.Name!, CilText.Of(meth));
        inner.Emit(opcode, meth);
    }

    /// <inheritdoc/>
    public override void Emit(OpCode opcode, ConstructorInfo con)
    {
        Add(opcode.Name!, CilText.Of(con));
        inner.Emit(opcode, con);
    }

    /// <inheritdoc/>
    public override void Emit(OpCode opcode, Type cls)
    {
        Add(opcode.Name!, CilText.Of(cls));
        inner.Emit(opcode, cls);
    }

    /// <inheritdoc/>
    public override void EmitCall(OpCode opcode, MethodInfo methodInfo, Type[]? optionalParameterTypes)
    {
        Add(opcode.Name!, CilText.Of(methodInfo));
        inner.EmitCall(opcode, methodInfo, optionalParameterTypes);
    }

    /// <inheritdoc/>
    public override void EmitCalli(
        OpCode opcode, CallingConventions callingConvention, Type? returnType, Type[]? parameterTypes, Type[]? optionalParameterTypes)
    {
        Add(opcode.Name!, CilText.Signature("", returnType, parameterTypes));
        inner.EmitCalli(opcode, callingConvention, returnType, parameterTypes, optionalParameterTypes);
    }

    /// <inheritdoc/>
    public override void EmitCalli(OpCode opcode, CallingConvention unmanagedCallConv, Type? returnType, Type[]? parameterTypes)
    {
        Add(opcode.Name!, CilText.Signature("", returnType, parameterTypes));
        inner.EmitCalli(opcode, unmanagedCallConv, returnType, parameterTypes);
    }

    /// <inheritdoc/>
    public override LocalBuilder DeclareLocal(Type localType, bool pinned)
    {
        Locals.Add(localType);
        return inner.DeclareLocal(localType, pinned);
    }

    /// <inheritdoc/>
    public override Label DefineLabel() => inner.DefineLabel();

    /// <inheritdoc/>
    public override void MarkLabel(Label loc)
    {
        Add(NameOf(loc) + ":");
        inner.MarkLabel(loc);
    }

    /// <inheritdoc/>
    public override Label BeginExceptionBlock()
    {
        Add(".try");
        _tryDepth++;
        return inner.BeginExceptionBlock();
    }

    /// <inheritdoc/>
    public override void BeginExceptFilterBlock()
    {
        AddBorder(".filter");
        inner.BeginExceptFilterBlock();
    }

    /// <inheritdoc/>
    public override void BeginCatchBlock(Type? exceptionType)
    {
        AddBorder(".handler");
        inner.BeginCatchBlock(exceptionType!);
    }

    /// <inheritdoc/>
    public override void BeginFaultBlock()
    {
        AddBorder(".fault");
        inner.BeginFaultBlock();
    }

    /// <inheritdoc/>
    public override void BeginFinallyBlock()
    {
        AddBorder(".finally");
        inner.BeginFinallyBlock();
    }

    /// <inheritdoc/>
    public override void EndExceptionBlock()
    {
        inner.EndExceptionBlock();
        _tryDepth--;
        Add(".end");
    }

    /// <inheritdoc/>
    public override void BeginScope() => inner.BeginScope();

    /// <inheritdoc/>
    public override void EndScope() => inner.EndScope();

    /// <inheritdoc/>
    public override void UsingNamespace(string usingNamespace) => inner.UsingNamespace(usingNamespace);

    private void AddBorder(string text)
    {
        _tryDepth--;
        Add(text);
        _tryDepth++;
    }

    private void Add(string text, string? operand = null)
    {
        Func<string>? meaning = operand is null ? null : _meaning ?? (() => operand);
        if (operand is not null) _meaning = null;
        Lines.Add(new Line(inner.ILOffset, _tryDepth, text, meaning));
    }

    // Numbered in the order in which they are seen first: the generator's own numbers are nobody's business.
    private string NameOf(Label label)
    {
        if (!_labels.TryGetValue(label.Id, out int number)) _labels.Add(label.Id, number = _labels.Count);
        return "L" + CilText.Of(number);
    }
}
