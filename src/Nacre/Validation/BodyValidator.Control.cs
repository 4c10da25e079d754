using Nacre.Binary;
using Nacre.Syntax;

namespace Nacre.Validation;

// Spec: Validation, Instructions, Control Instructions: blocks and branches.
internal sealed partial class BodyValidator
{
    private const int ProducerCount = 16;

    private readonly FuncType?[] _producers = new FuncType?[ProducerCount];     // by a hash of the type, those used last
    private ControlFrame[] _frames = new ControlFrame[32];
    private int _frameCount;

    /// <summary><c>block bt</c>, <c>loop bt</c>, <c>try bt</c> : <c>[t1*] → [t2*]</c>, where <c>bt</c> is that type.</summary>
    private void ValidateBlock(BlockType type) => Open(_opcode, TypeOf(type));

    /// <summary><c>if bt</c> : <c>[t1* i32] → [t2*]</c>, where <c>bt</c> is <c>[t1*] → [t2*]</c>.</summary>
    private void ValidateIf(BlockType type)
    {
        FuncType blockType = TypeOf(type);
        Pop(ValType.I32);
        Open(_opcode, blockType);
    }

    /// <summary><c>else</c> ends the first part of an <c>if</c> and begins the second with the same parameters.</summary>
    private void ValidateElse()
    {
        if (Innermost.Opener != Opcode.If) Malformed.Throw("END opcode expected: else without if", _byteOffset);
        FuncType type = Close();
        Continue(Opcode.Else, type, type.Parameters);
    }

    /// <summary><c>end</c> leaves the results of the innermost block on the stack of the one around it.</summary>
    private void ValidateEnd()
    {
        Opcode opener = Innermost.Opener;
        FuncType type = Close();
        if (opener == Opcode.If && !_matching.Matches(type.Parameters, type.Results))
            Fail($"type mismatch: instruction requires {Names(type.Results)} but stack has {Names(type.Parameters)}, in if without else");
        Leave(type);
    }

    /// <summary><c>br l</c> : <c>[t1* t*] → [t2*]</c>, where <c>t*</c> is what label <c>l</c> expects.</summary>
    private void ValidateBr(LabelIndex label)
    {
        Pop(TypesOf(label));
        Unreachable();
    }

    /// <summary><c>br_if l</c> : <c>[t* i32] → [t*]</c>, where <c>t*</c> is what label <c>l</c> expects.</summary>
    private void ValidateBrIf(LabelIndex label)
    {
        ReadOnlySpan<ValType> expected = TypesOf(label);
        Pop(ValType.I32);
        Pop(expected);
        Push(expected);
    }

    /// <summary><c>br_table l* l'</c> : <c>[t1* t* i32] → [t2*]</c>, where <c>t*</c> matches what every label expects.</summary>
    private void ValidateBrTable(ref InstructionReader reader)
    {
        ReadOnlySpan<ValType> expected = TypesOf(new LabelIndex(reader.Index));
        Pop(ValType.I32);
        uint previous = reader.Index;
        foreach (uint label in reader.Labels)
        {
            if (label == previous) continue;
            previous = label;
            ReadOnlySpan<ValType> types = TypesOf(new LabelIndex(label));
            if (types.Length != expected.Length)
                Fail($"type mismatch: labels require {Names(types)} and {Names(expected)}{InOpcode}");
            Require(types);
        }
        Pop(expected);
        Unreachable();
    }

    /// <summary><c>return</c> : <c>[t1* t*] → [t2*]</c>, where <c>t*</c> are the results of the function.</summary>
    private void ValidateReturn()
    {
        Pop(Results);
        Unreachable();
    }

    private ReadOnlySpan<ValType> Results => _frames[0].Type.Results;

    private ref ControlFrame Innermost => ref _frames[_frameCount - 1];

    private ref ControlFrame FrameOf(LabelIndex label)
    {
        if (label.Value >= (uint)_frameCount) Unknown("label", label.Value);
        return ref _frames[_frameCount - 1 - (int)label.Value];
    }

    private ReadOnlySpan<ValType> TypesOf(LabelIndex label) => FrameOf(label).LabelTypes;

    private FuncType TypeOf(BlockType type)
        => type.IsIndex ? FuncTypeOf(type.Type)
        : type.IsEmpty ? Nothing
        : Producing(Resolve(type.Result));

    // The type [] → []; there is one object for it, and one at a time for most [] → [t].
    private FuncType Nothing { get; } = new([], []);

    private FuncType Producing(ValType type)
    {
        ref FuncType? producer = ref _producers[(type.Bits ^ (type.Bits >> 8)) % ProducerCount];
        if (producer is null || producer.Results[0] != type) producer = new FuncType([], [type]);
        return producer;
    }

    private void Open(Opcode opener, FuncType type, bool takesParameters = true)
    {
        if (takesParameters) Pop(type.Parameters);
        if (_frameCount == _frames.Length) Array.Resize(ref _frames, _frameCount * 2);
        if (_frameCount > 0) Innermost.IsUnreachable = _isUnreachable;
        _frames[_frameCount++] = new ControlFrame
        {
            Opener = opener,
            Type = type,
            Floor = _height,
            SetLocalCount = _locals.SetCount,
        };
        _floor = _height;
        _isUnreachable = false;
        if (takesParameters) Push(type.Parameters);
    }

    /// <summary>Begins another part of the innermost block, which was closed before, with these operands.</summary>
    private void Continue(Opcode opener, FuncType type, ReadOnlySpan<ValType> operands)
    {
        Innermost.Opener = opener;
        _isUnreachable = false;
        Push(operands);
    }

    /// <summary>Checks that exactly the results of the innermost block are on its stack, and takes them from it.</summary>
    private FuncType Close()
    {
        ref ControlFrame frame = ref Innermost;
        ReadOnlySpan<ValType> results = frame.Type.Results;
        Require(results);
        if (_height - _floor > results.Length)
            Fail($"type mismatch: block requires {Names(results)} but stack has {Names(_operands.AsSpan(_floor, _height - _floor))}");
        _height = _floor;
        _locals.Unset(frame.SetLocalCount);
        return frame.Type;
    }

    /// <summary>Goes back to the block around the innermost one, which was closed before.</summary>
    private void Leave(FuncType type)
    {
        if (--_frameCount == 0) return;
        _floor = Innermost.Floor;
        _isUnreachable = Innermost.IsUnreachable;
        Push(type.Results);
    }
}
