using Nacre.Binary;
using Nacre.Syntax;

namespace Nacre.Validation;

// Which rule an instruction has: a method of its own where the list of opcodes shows `*`, else the plain one.
internal sealed partial class BodyValidator
{
    private void Validate(ref InstructionReader reader)
    {
        switch (_opcode)
        {
            case Opcode.LocalGet: ValidateLocalGet(new LocalIndex(reader.Index)); break;
            case Opcode.LocalSet: ValidateLocalSet(new LocalIndex(reader.Index)); break;
            case Opcode.LocalTee: ValidateLocalTee(new LocalIndex(reader.Index)); break;
            case Opcode.GlobalGet: ValidateGlobalGet(new GlobalIndex(reader.Index)); break;
            case Opcode.GlobalSet: ValidateGlobalSet(new GlobalIndex(reader.Index)); break;

            case Opcode.Unreachable: Unreachable(); break;
            case Opcode.Block or Opcode.Loop or Opcode.Try: ValidateBlock(reader.Block); break;
            case Opcode.If: ValidateIf(reader.Block); break;
            case Opcode.Else: ValidateElse(); break;
            case Opcode.End: ValidateEnd(); break;
            case Opcode.Br: ValidateBr(new LabelIndex(reader.Index)); break;
            case Opcode.BrIf: ValidateBrIf(new LabelIndex(reader.Index)); break;
            case Opcode.BrTable: ValidateBrTable(ref reader); break;
            case Opcode.Return: ValidateReturn(); break;

            case Opcode.Call: ValidateCall(new FuncIndex(reader.Index)); break;
            case Opcode.CallIndirect: ValidateCallIndirect(new TypeIndex(reader.Index), new TableIndex(reader.Index2)); break;
            case Opcode.CallRef: ValidateCallRef(new TypeIndex(reader.Index)); break;
            case Opcode.ReturnCall: ValidateReturnCall(new FuncIndex(reader.Index)); break;
            case Opcode.ReturnCallIndirect: ValidateReturnCallIndirect(new TypeIndex(reader.Index), new TableIndex(reader.Index2)); break;
            case Opcode.ReturnCallRef: ValidateReturnCallRef(new TypeIndex(reader.Index)); break;

            case Opcode.Drop: Pop(); break;
            case Opcode.Select: ValidateSelect(); break;
            case Opcode.SelectT: ValidateSelectTyped(ref reader); break;

            case Opcode.MemoryCopy: ValidateMemoryCopy(new MemoryIndex(reader.Index), new MemoryIndex(reader.Index2)); break;
            case Opcode.TableGet: ValidateTableGet(new TableIndex(reader.Index)); break;
            case Opcode.TableSet: ValidateTableSet(new TableIndex(reader.Index)); break;
            case Opcode.TableGrow: ValidateTableGrow(new TableIndex(reader.Index)); break;
            case Opcode.TableFill: ValidateTableFill(new TableIndex(reader.Index)); break;
            case Opcode.TableCopy: ValidateTableCopy(new TableIndex(reader.Index), new TableIndex(reader.Index2)); break;
            case Opcode.TableInit: ValidateTableInit(new ElemIndex(reader.Index), new TableIndex(reader.Index2)); break;

            default:
                if (OpcodeInfo.HasFixedSignature(_opcode)) ValidatePlain(ref reader);
                else ValidateReferenceInstruction(ref reader);
                break;
        }
    }

    private void ValidateReferenceInstruction(ref InstructionReader reader)
    {
        var type = new TypeIndex(reader.Index);
        switch (_opcode)
        {
            case Opcode.RefNull: ValidateRefNull(reader.Heap); break;
            case Opcode.RefIsNull: ValidateRefIsNull(); break;
            case Opcode.RefAsNonNull: ValidateRefAsNonNull(); break;
            case Opcode.RefFunc: ValidateRefFunc(new FuncIndex(reader.Index)); break;
            case Opcode.RefTest or Opcode.RefTestNull: ValidateRefTest(reader.Heap); break;
            case Opcode.RefCast: ValidateRefCast(reader.Heap, nullable: false); break;
            case Opcode.RefCastNull: ValidateRefCast(reader.Heap, nullable: true); break;
            case Opcode.BrOnNull: ValidateBrOnNull(new LabelIndex(reader.Index)); break;
            case Opcode.BrOnNonNull: ValidateBrOnNonNull(new LabelIndex(reader.Index)); break;
            case Opcode.BrOnCast: ValidateBrOnCast(ref reader); break;
            case Opcode.BrOnCastFail: ValidateBrOnCastFail(ref reader); break;

            case Opcode.StructNew: ValidateStructNew(type); break;
            case Opcode.StructNewDefault: ValidateStructNewDefault(type); break;
            case Opcode.StructGet: ValidateStructGet(type, reader.Index2, isExtending: false); break;
            case Opcode.StructGetS or Opcode.StructGetU: ValidateStructGet(type, reader.Index2, isExtending: true); break;
            case Opcode.StructSet: ValidateStructSet(type, reader.Index2); break;

            case Opcode.ArrayNew: ValidateArrayNew(type); break;
            case Opcode.ArrayNewDefault: ValidateArrayNewDefault(type); break;
            case Opcode.ArrayNewFixed: ValidateArrayNewFixed(type, reader.Index2); break;
            case Opcode.ArrayNewData: ValidateArrayNewData(type, new DataIndex(reader.Index2)); break;
            case Opcode.ArrayNewElem: ValidateArrayNewElem(type, new ElemIndex(reader.Index2)); break;
            case Opcode.ArrayGet: ValidateArrayGet(type, isExtending: false); break;
            case Opcode.ArrayGetS or Opcode.ArrayGetU: ValidateArrayGet(type, isExtending: true); break;
            case Opcode.ArraySet: ValidateArraySet(type); break;
            case Opcode.ArrayFill: ValidateArrayFill(type); break;
            case Opcode.ArrayCopy: ValidateArrayCopy(type, new TypeIndex(reader.Index2)); break;
            case Opcode.ArrayInitData: ValidateArrayInitData(type, new DataIndex(reader.Index2)); break;
            case Opcode.ArrayInitElem: ValidateArrayInitElem(type, new ElemIndex(reader.Index2)); break;
            case Opcode.AnyConvertExtern: ValidateConvert(AbstractHeapType.Extern, AbstractHeapType.Any); break;
            case Opcode.ExternConvertAny: ValidateConvert(AbstractHeapType.Any, AbstractHeapType.Extern); break;

            case Opcode.Throw: ValidateThrow(new TagIndex(reader.Index)); break;
            case Opcode.ThrowRef: ValidateThrowRef(); break;
            case Opcode.TryTable: ValidateTryTable(ref reader); break;
            case Opcode.Catch: ValidateCatch(new TagIndex(reader.Index)); break;
            case Opcode.CatchAll: ValidateCatchAll(); break;
            case Opcode.Delegate: ValidateDelegate(new LabelIndex(reader.Index)); break;
            case Opcode.Rethrow: ValidateRethrow(new LabelIndex(reader.Index)); break;
            default: throw new System.Diagnostics.UnreachableException($"{OpcodeInfo.Mnemonic(_opcode)} has no rule");
        }
    }
}
