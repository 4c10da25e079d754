using Nacre.Syntax;
using Nacre.Tests.Support;

namespace Nacre.Tests.Compiler;

/// <summary>What clang makes of an interpreter's loop: nested blocks around a <c>br_table</c>, an arm behind the end of each.</summary>
internal static class DispatchLoop
{
    private const uint StepCount = 0, Arm = 1, Sum = 2, Long = 3, Other = 4, Float = 5;

    /// <summary>Exports <c>run</c>, of type <c>[i32] → [i64]</c>, which goes through so many arms.</summary>
    public static ModuleBuilder Module(int armCount) => new ModuleBuilder().Memory(1).Func(
        "run", [ValType.I32], [ValType.I64], [ValType.I32, ValType.I32, ValType.I64, ValType.I32, ValType.F64], code =>
        {
            code.Block(outer => outer.Loop(loop => Nest(loop, armCount - 1, armCount)));
            code.LocalGet(Long).LocalGet(Other).Op(Opcode.I64ExtendI32U).Op(Opcode.I64Add)
                .LocalGet(Float).Op(Opcode.I64TruncSatF64S).Op(Opcode.I64Add);
        });

    private static void Nest(CodeBuilder code, int arm, int armCount)
    {
        if (arm < 0)
        {
            code.LocalGet(Arm).BrTable([.. Enumerable.Range(0, armCount).Select(label => (uint)label)], 0);
            return;
        }
        code.Block(inner => Nest(inner, arm - 1, armCount));
        uint loop = (uint)(armCount - 1 - arm);
        code.LocalGet(Sum).I32(arm * 7).Op(Opcode.I32Add).LocalSet(Sum);
        code.LocalGet(Sum).I32(1).Op(Opcode.I32Add).LocalSet(Sum);
        code.I32(arm * 8 & 0xFFF8).LocalGet(Sum).Access(Opcode.I32Store);
        code.LocalGet(Long).LocalGet(Sum).Op(Opcode.I64ExtendI32U).Op(Opcode.I64Xor).I64(arm).Op(Opcode.I64Add).LocalSet(Long);
        if (arm % 3 == 0)
        {
            code.LocalGet(Sum).I32(1).Op(Opcode.I32And).If(
                then => then.LocalGet(Other).I32(3).Op(Opcode.I32Add).LocalSet(Other),
                otherwise => otherwise.LocalGet(Other).LocalGet(Sum).Op(Opcode.I32Xor).LocalSet(Other));
        }
        if (arm % 5 == 0) code.LocalGet(Float).F64(1.5).Op(Opcode.F64Add).LocalSet(Float);
        code.LocalGet(Arm).I32(31).Op(Opcode.I32Mul).LocalTee(Arm).LocalGet(Other).I32(7).Op(Opcode.I32And).Op(Opcode.I32Add)
            .I32(13).Op(Opcode.I32Add).I32(armCount).Op(Opcode.I32RemU).LocalSet(Arm);
        code.LocalGet(StepCount).I32(1).Op(Opcode.I32Sub).LocalTee(StepCount).Op(Opcode.I32Eqz).BrIf(loop + 1);
        code.Br(loop);
    }
}
