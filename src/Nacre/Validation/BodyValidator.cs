using System.Diagnostics.CodeAnalysis;
using Nacre.Binary;
using Nacre.Syntax;

namespace Nacre.Validation;

/// <summary>Validates expressions: function bodies and constant expressions, one after another with the same buffers.</summary>
/// <remarks>
/// Used by one thread at a time; several validators may share a context. Every type on the operand stack is in
/// <see cref="TypeSpace.Canonical"/>: types among the immediates of instructions are resolved where they are met.
/// Spec: Validation, Instructions; Appendix, Validation Algorithm. The rules stand in the files beside this one, by the
/// specification's sections.
/// </remarks>
internal sealed partial class BodyValidator(ValidationContext context)
{
    private readonly ValidationContext _context = context;
    private readonly Matching _matching = context.Matching;
    private readonly LocalTypes _locals = new();
    private FuncIndex? _function;
    private Opcode _opcode;
    private int _byteOffset;

    /// <summary>Validates the body of the function that has number <paramref name="index"/> in the module.</summary>
    /// <exception cref="InvalidModuleException">A rule is broken.</exception>
    /// <exception cref="MalformedModuleException">The bytes are no sequence of instructions.</exception>
    /// <remarks>Spec: Validation, Modules, Functions.</remarks>
    public void ValidateFunction(FuncIndex index, FuncDefinition function)
    {
        FuncType type = _context.Functions[index.Value].Func!;
        _function = index;
        _byteOffset = function.Body.ByteOffset;
        _locals.Reset(type.Parameters);
        foreach (LocalRun run in function.Locals)
            if (!_locals.TryDeclare(run with { Type = Resolve(run.Type) }))
                Fail($"too many locals: the limit is {ImplementationLimits.Locals}");
        _locals.Seal();
        ValidateExpression(function.Body, type);
    }

    /// <summary>Validates a constant expression that gives one value of type <paramref name="expected"/>.</summary>
    /// <param name="expression">The expression.</param>
    /// <param name="expected">The wanted type, in <see cref="TypeSpace.Canonical"/>.</param>
    /// <param name="visibleGlobalCount">How many globals the expression may refer to.</param>
    /// <exception cref="InvalidModuleException">A rule is broken, or an instruction is not constant.</exception>
    /// <exception cref="MalformedModuleException">The bytes are no sequence of instructions.</exception>
    /// <remarks>Spec: Validation, Instructions, Constant Expressions.</remarks>
    public void ValidateConstant(Expr expression, ValType expected, int visibleGlobalCount)
    {
        _function = null;
        _visibleGlobalCount = (uint)visibleGlobalCount;
        _locals.Reset([]);
        _isConstant = true;
        ValidateExpression(expression, Producing(expected));
        _isConstant = false;
    }

    private void ValidateExpression(Expr expression, FuncType type)
    {
        _height = OperandBase;
        _frameCount = 0;
        Open(Opcode.Block, type, takesParameters: false);
        var reader = new InstructionReader(expression.Bytes.Span, expression.ByteOffset, _context.Features);
        bool hasRuns = !_isConstant && _context.ShortRules.Length > 0;
        while (_frameCount > 0)
        {
            if (hasRuns) ValidateRun(ref reader);
            if (!reader.Read()) break;
            _opcode = reader.Opcode;
            _byteOffset = reader.ByteOffset;
            if (_isConstant) RequireConstant(_opcode, reader.Index);
            Validate(ref reader);
        }
        if (_frameCount > 0) Malformed.Throw("END opcode expected", expression.ByteOffset + expression.Bytes.Length);
        if (reader.Read()) Malformed.Throw("section size mismatch: instructions follow the end of the body", reader.ByteOffset);
    }

    [DoesNotReturn]
    private void Fail(string message) => Invalid.Throw(message, _byteOffset, _function);

    private string Name(ValType type) => _context.Name(type);

    private string Names(ReadOnlySpan<ValType> types) => _context.Names(types);

    [DoesNotReturn]
    private void Unknown(string category, uint index) => Fail($"unknown {category} {index}");
}
