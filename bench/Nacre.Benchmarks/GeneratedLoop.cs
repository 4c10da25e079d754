using System.Globalization;
using System.Text;
using Nacre.Binary;
using Nacre.Syntax;
using Nacre.Text;

namespace Nacre.Benchmarks;

/// <summary>What clang makes of an interpreter's loop, with as many arms as asked for.</summary>
internal static class GeneratedLoop
{
    /// <summary>A module whose export <c>run</c>, of type <c>[i32] → [i64]</c>, goes through so many arms.</summary>
    public static byte[] Create(int armCount)
    {
        var text = new StringBuilder("(module (memory 1) (func (export \"run\") (param i32) (result i64) (local i32 i32 i64)\nblock loop\n");
        for (int i = 0; i < armCount; i++) text.Append("block ");
        text.Append("local.get 1 br_table");
        for (int i = 0; i < armCount; i++) text.Append(CultureInfo.InvariantCulture, $" {i}");
        text.Append(" 0\n");
        for (int arm = 0; arm < armCount; arm++) AppendArm(text, arm, armCount);
        ModuleDefinition module = ModuleParser.Parse(Encoding.UTF8.GetBytes(text.Append("end end local.get 3))").ToString()));
        return ModuleEncoder.Encode(module);
    }

    private static void AppendArm(StringBuilder text, int arm, int armCount)
    {
        int loop = armCount - 1 - arm;
        text.Append(CultureInfo.InvariantCulture, $"""
            end
            local.get 2 i32.const {(arm * 7) + 1} i32.add local.set 2
            i32.const {arm * 8 & 0xFFF8} local.get 2 i32.store
            local.get 3 local.get 2 i64.extend_i32_u i64.xor i64.const {arm} i64.add local.set 3
            local.get 1 i32.const 31 i32.mul local.get 2 i32.const 7 i32.and i32.add i32.const 13 i32.add i32.const {armCount} i32.rem_u local.set 1
            local.get 0 i32.const 1 i32.sub local.tee 0 i32.eqz br_if {loop + 1} br {loop}

            """);
    }
}
