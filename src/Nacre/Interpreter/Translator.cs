using System.Diagnostics;
using System.Numerics;
using Nacre.Binary;
using Nacre.Runtime;
using Nacre.Syntax;
using Nacre.Validation;

namespace Nacre.Interpreter;

/// <summary>Turns one validated function into internal code.</summary>
/// <remarks>
/// The operand stack is followed at translation time, so that most of it disappears: an operand that is a local or a constant is
/// used where it is, and only values that have no other home are written to the slot of their place on the stack. Where control
/// flow meets (at every label), all operands are in their slots.
/// The code has been validated: what is read here is well-formed and well-typed, and unreachable code is passed over.
/// </remarks>
internal sealed partial class Translator(ValidatedModule module, TranslationOptions options)
{
    private readonly CodeBuffer _code = new();
    private SlotCounts[] _localSlots = Empty<SlotCounts>.Array;
    private SlotKind[] _localKinds = Empty<SlotKind>.Array;
    private uint _recordSlot;

    /// <summary>Translates defined function <paramref name="definedIndex"/>; the code lives as long as <paramref name="arena"/>.</summary>
    public FunctionCode Translate(int definedIndex, CellArena arena)
    {
        FuncDefinition function = module.Definition.Functions[definedIndex];
        FuncIndex index = module.IndexOf(definedIndex);
        FuncType type = module.Functions[index.Value].Func!;

        _code.ByteOffset = function.Body.ByteOffset;
        SlotCounts parameters = SlotKinds.Count(type.Parameters);
        SlotCounts results = SlotKinds.Count(type.Results);
        SlotCounts locals = LayOutLocals(type, function.Locals);
        for (int i = 0; i < FunctionCode.HeaderWordCount; i++) _code.Add(default);

        // Results are written from slot 0 on, where the caller finds them, and must not reach the record.
        _recordSlot = Math.Max(locals.Slots, results.Slots);
        _height = _highest = locals with { Slots = _recordSlot + FunctionCode.RecordSlotCount };
        OpenLabel(Opcode.Block, Empty<ValType>.Array, Empty<ValType>.Copy(type.Results));
        BeginCounting();
        CheckFuel(Fuel.OfEntry(function));
        if (options.Interruptible) Emit(new Instr { Op = Op.Poll });
        TranslateBody(function.Body);
        CountFunction();

        SlotCounts frame = _highest.Max(results);
        _code[0] = new Instr { A = _recordSlot, B = parameters.Slots, C = frame.Slots };
        _code[1] = new Instr { A = parameters.References, B = locals.References, C = frame.References };
        return _code.ToFunctionCode(index, arena, _regions.ToArray());
    }

    private SlotCounts LayOutLocals(FuncType type, LocalRun[] runs)
    {
        long count = type.Parameters.Length;
        foreach (LocalRun run in runs) count += run.Count;
        _localSlots = new SlotCounts[count];
        _localKinds = new SlotKind[count];

        int local = 0;
        var height = default(SlotCounts);
        foreach (ValType parameter in type.Parameters) AddLocal(parameter);
        foreach (LocalRun run in runs)
            for (uint i = 0; i < run.Count; i++) AddLocal(run.Type);
        return height;

        void AddLocal(ValType localType)
        {
            _localKinds[local] = SlotKinds.Of(localType);
            _localSlots[local] = height;
            height = height.Plus(_localKinds[local++]);
        }
    }

    private uint LocalSlot(uint local) => _localSlots[local].Next(_localKinds[local]);

    private void TranslateBody(Expr body)
    {
        var reader = new InstructionReader(body.Bytes.Span, body.ByteOffset, WasmFeatures.All);
        while (reader.Read())
        {
            _code.ByteOffset = reader.ByteOffset;
            if (_labelCount == 0) throw new UnreachableException("instructions after the end of a validated function");
            if (_isUnreachable) PassOver(ref reader);
            else
            {
                PayFor(ref reader);
                TranslateInstruction(ref reader);
                if (!_isUnreachable && Fuel.EndsStretch(reader.Opcode)) BeginStretch();
            }
        }
    }

    private void TranslateInstruction(ref InstructionReader reader)
    {
        if (OpMap.Plain(reader.Opcode) != Op.Exit) TranslatePlain(ref reader);
        else if (OpMap.Far(reader.Opcode) != Op.Exit) TranslateMemoryAccess(ref reader);
        else TranslateSpecial(ref reader);
    }
}
