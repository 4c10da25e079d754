using Nacre.Runtime;
using Nacre.Syntax;
using Nacre.Validation;

namespace Nacre.Interpreter;

/// <summary>Makes internal code that calls a function's compiled code and returns.</summary>
/// <remarks>It takes the place of the function's own internal code, so that calls need not know of it.</remarks>
internal sealed class BorderBuilder(ValidatedModule module)
{
    /// <summary>Makes the code for defined function <paramref name="definedIndex"/>; it lives as long as <paramref name="arena"/>.</summary>
    public FunctionCode Build(int definedIndex, long caller, CellArena arena)
    {
        FuncIndex index = module.IndexOf(definedIndex);
        FuncType type = module.Functions[index.Value].Func!;
        SlotCounts parameters = SlotKinds.Count(type.Parameters), frame = parameters.Max(SlotKinds.Count(type.Results));

        var code = new CodeBuffer { ByteOffset = module.Definition.Functions[definedIndex].Body.ByteOffset };
        code.Add(new Instr { A = frame.Slots, B = parameters.Slots, C = frame.Slots + FunctionCode.RecordSlotCount });
        code.Add(new Instr { A = parameters.References, B = parameters.References, C = frame.References });
        code.Add(new Instr { Op = Op.CallCompiled, B = (uint)definedIndex });
        code.Add(new Instr { Long = caller });
        code.Add(new Instr { Op = Op.Return, A = frame.Slots });
        return code.ToFunctionCode(index, arena, Empty<CatchRegion>.Array, isBorder: true);
    }
}
