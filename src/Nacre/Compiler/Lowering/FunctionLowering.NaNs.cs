using System.Reflection;
using System.Reflection.Emit;
using System.Runtime.Intrinsics;
using Nacre.Runtime;

namespace Nacre.Compiler;

/// <content>Canonical NaNs, where they are asked for.</content>
internal sealed partial class FunctionLowering
{
    private static readonly MethodInfo s_canonicalF32 = ((Func<float, float>)CanonicalNaN.F32).Method;
    private static readonly MethodInfo s_canonicalF64 = ((Func<double, double>)CanonicalNaN.F64).Method;
    private static readonly MethodInfo s_canonicalF32x4 = ((Func<Vector128<byte>, Vector128<byte>>)CanonicalNaN.F32x4).Method;
    private static readonly MethodInfo s_canonicalF64x2 = ((Func<Vector128<byte>, Vector128<byte>>)CanonicalNaN.F64x2).Method;

    /// <summary>Emits what makes NaNs in the result of the instruction at hand, which is on CIL's stack, canonical.</summary>
    private void EmitCanonicalNaNs()
    {
        switch (CanonicalNaN.LanesOf(_opcode))
        {
            case CanonicalNaN.Lanes.F32: _il.Emit(OpCodes.Call, s_canonicalF32); break;
            case CanonicalNaN.Lanes.F64: _il.Emit(OpCodes.Call, s_canonicalF64); break;
            case CanonicalNaN.Lanes.F32x4: _il.Emit(OpCodes.Call, s_canonicalF32x4); break;
            case CanonicalNaN.Lanes.F64x2: _il.Emit(OpCodes.Call, s_canonicalF64x2); break;
        }
    }
}
