using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Reflection.Emit;

namespace Nacre.Compiler;

/// <summary>Reads a method's CIL as <see cref="StraightCode"/>.</summary>
/// <remarks>
/// It follows branches whose condition is known: which instructions the machine has, and which types a generic method is for. Of methods
/// that branch otherwise, take addresses of variables, or do anything else that simple arithmetic has no need of, it makes nothing.
/// </remarks>
internal sealed class StraightCodeReader
{
    private const int MaxSteps = 100;

    private readonly List<StraightCode.Step> _steps = [];
    private readonly List<Type> _locals = [];

    /// <summary>What is made of a method; null if it is not straight.</summary>
    public static StraightCode? Read(MethodInfo method)
    {
        var reader = new StraightCodeReader();
        if (!reader.TryRead(method, arguments: null)) return null;
        return new StraightCode(reader.ShortSteps(), [.. method.GetParameters().Select(parameter => parameter.ParameterType)], reader._locals);
    }

    // What is set only to be read at once, and never again, stays on CIL's stack. RyuJIT treats an address in a variable otherwise than one
    // that is computed where it is used: when nobody needs the value that is loaded, it does not look at what was added to the address.
    private List<StraightCode.Step> ShortSteps()
    {
        Dictionary<int, int> useCounts = _steps.Where(step => step.Code == OpCodes.Ldloc || step.Code == OpCodes.Stloc)
            .CountBy(step => (int)step.Operand!).ToDictionary();
        var steps = new List<StraightCode.Step>();
        foreach (StraightCode.Step step in _steps)
        {
            bool isReadAtOnce = step.Code == OpCodes.Ldloc && useCounts[(int)step.Operand!] == 2
                && steps is [.., var last] && last == new StraightCode.Step(OpCodes.Stloc, step.Operand);
            if (isReadAtOnce) steps.RemoveAt(steps.Count - 1);
            else steps.Add(step);
        }
        return steps;
    }

    // The arguments are those of the outermost method, or locals.
    private bool TryRead(MethodInfo method, int[]? arguments)
    {
        if ((method.MethodImplementationFlags & MethodImplAttributes.NoInlining) != 0) return false;
        if (BodyOf(method) is not { ExceptionHandlingClauses.Count: 0 } body) return false;
        int firstLocal = _locals.Count;
        foreach (LocalVariableInfo local in body.LocalVariables) _locals.Add(local.LocalType);
        var frame = new Frame(method, body.GetILAsByteArray()!, arguments, firstLocal);
        while (_steps.Count <= MaxSteps)
        {
            if (!TryReadStep(frame)) return false;
            if (frame.IsDone) return true;
        }
        return false;
    }

    [UnconditionalSuppressMessage("Trimming", "IL2026", Justification = "Whatever trimming makes of a body means the same; what is not straight then is called.")]
    private static MethodBody? BodyOf(MethodInfo method) => method.GetMethodBody();

    private bool TryReadStep(Frame frame)
    {
        int code = frame.Byte();
        if (code == 0xFE) code = 0xFE00 | frame.Byte();
        switch (code)
        {
            case 0x00: return true;                                                     // nop
            case >= 0x02 and <= 0x05: return AddArgument(frame, code - 0x02);           // ldarg.0 to ldarg.3
            case >= 0x06 and <= 0x09: return Add(frame, OpCodes.Ldloc, frame.FirstLocal + code - 0x06);
            case >= 0x0A and <= 0x0D: return Add(frame, OpCodes.Stloc, frame.FirstLocal + code - 0x0A);
            case 0x0E: return AddArgument(frame, frame.Byte());                         // ldarg.s
            case 0x11: return Add(frame, OpCodes.Ldloc, frame.FirstLocal + frame.Byte());
            case 0x13: return Add(frame, OpCodes.Stloc, frame.FirstLocal + frame.Byte());
            case >= 0x15 and <= 0x1E: return Add(frame, OpCodes.Ldc_I4, code - 0x16);   // ldc.i4.m1 to ldc.i4.8
            case 0x1F: return Add(frame, OpCodes.Ldc_I4, (int)(sbyte)frame.Byte());     // ldc.i4.s
            case 0x20: return Add(frame, OpCodes.Ldc_I4, frame.Int32());
            case 0x21: return Add(frame, OpCodes.Ldc_I8, frame.Int64());
            case 0x22: return Add(frame, OpCodes.Ldc_R4, BitConverter.Int32BitsToSingle(frame.Int32()));
            case 0x23: return Add(frame, OpCodes.Ldc_R8, BitConverter.Int64BitsToDouble(frame.Int64()));
            case 0x28: return TryCall(frame, frame.Method());
            case 0x2A: return frame.Return();
            case 0x2B: return frame.Jump((sbyte)frame.Byte());                          // br.s
            case 0x2C or 0x2D: return frame.TryBranch((sbyte)frame.Byte(), when: code == 0x2D);
            case 0x38: return frame.Jump(frame.Int32());                                // br
            case 0x39 or 0x3A: return frame.TryBranch(frame.Int32(), when: code == 0x3A);
            case 0x71 or 0x81: return Add(frame, s_plain[code], frame.Type());          // ldobj, stobj
            case 0x7E: return frame.TryEvaluate(frame.Field());                         // ldsfld
            case 0xD0: return frame.Know(frame.Type());                                 // ldtoken
            case 0xFE12: return Add(frame, OpCodes.Unaligned, frame.Byte());
            default: return s_plain.TryGetValue(code, out OpCode plain) && Add(frame, plain, null);
        }
    }

    private bool Add(Frame frame, OpCode code, object? operand)
    {
        _steps.Add(new StraightCode.Step(code, operand));
        return frame.IsNothingKnown;
    }

    private bool AddArgument(Frame frame, int argument) => frame.Arguments is { } arguments
        ? Add(frame, OpCodes.Ldloc, arguments[argument])
        : Add(frame, OpCodes.Ldarg, argument);

    private bool TryCall(Frame frame, MethodBase? called)
    {
        if (called is not MethodInfo method) return false;
        if (frame.TryEvaluate(method)) return true;
        if (method.DeclaringType!.Assembly != typeof(StraightCode).Assembly) return Add(frame, OpCodes.Call, method);
        ParameterInfo[] parameters = method.GetParameters();
        var arguments = new int[parameters.Length];
        for (int i = 0; i < arguments.Length; i++)
        {
            arguments[i] = _locals.Count;
            _locals.Add(parameters[i].ParameterType);
        }
        for (int i = arguments.Length - 1; i >= 0; i--) Add(frame, OpCodes.Stloc, arguments[i]);
        return frame.IsNothingKnown && TryRead(method, arguments);
    }

    // Instructions that have the same number of operands and results wherever they stand, by code.
    private static readonly Dictionary<int, OpCode> s_plain = new OpCode[]
    {
        OpCodes.Dup, OpCodes.Pop, OpCodes.Ldobj, OpCodes.Stobj,
        OpCodes.Ldind_I1, OpCodes.Ldind_U1, OpCodes.Ldind_I2, OpCodes.Ldind_U2, OpCodes.Ldind_I4, OpCodes.Ldind_U4, OpCodes.Ldind_I8,
        OpCodes.Ldind_R4, OpCodes.Ldind_R8, OpCodes.Stind_I1, OpCodes.Stind_I2, OpCodes.Stind_I4, OpCodes.Stind_I8, OpCodes.Stind_R4, OpCodes.Stind_R8,
        OpCodes.Add, OpCodes.Sub, OpCodes.Mul, OpCodes.And, OpCodes.Or, OpCodes.Xor, OpCodes.Shl, OpCodes.Shr, OpCodes.Shr_Un, OpCodes.Neg, OpCodes.Not,
        OpCodes.Conv_I1, OpCodes.Conv_I2, OpCodes.Conv_I4, OpCodes.Conv_I8, OpCodes.Conv_U1, OpCodes.Conv_U2, OpCodes.Conv_U4, OpCodes.Conv_U8,
        OpCodes.Conv_R4, OpCodes.Conv_R8, OpCodes.Conv_R_Un, OpCodes.Conv_I, OpCodes.Conv_U,
        OpCodes.Ceq, OpCodes.Cgt, OpCodes.Cgt_Un, OpCodes.Clt, OpCodes.Clt_Un,
    }.ToDictionary(code => code.Value & 0xFFFF);

    /// <summary>A method that is being read.</summary>
    private sealed class Frame(MethodInfo method, byte[] il, int[]? arguments, int firstLocal)
    {
        private readonly Stack<object> _known = [];     // conditions and what they compare, which are on CIL's stack but were not emitted
        private int _offset;

        public int[]? Arguments => arguments;

        public int FirstLocal => firstLocal;

        public bool IsDone { get; private set; }

        public bool IsNothingKnown => _known.Count == 0;

        public byte Byte() => il[_offset++];

        public int Int32()
        {
            _offset += sizeof(int);
            return BinaryPrimitives.ReadInt32LittleEndian(il.AsSpan(_offset - sizeof(int)));
        }

        public long Int64()
        {
            _offset += sizeof(long);
            return BinaryPrimitives.ReadInt64LittleEndian(il.AsSpan(_offset - sizeof(long)));
        }

        [UnconditionalSuppressMessage("Trimming", "IL2026", Justification = "What the body names is there.")]
        public MethodBase? Method() => method.Module.ResolveMethod(Int32(), null, method.GetGenericArguments());

        [UnconditionalSuppressMessage("Trimming", "IL2026", Justification = "What the body names is there.")]
        public Type Type() => method.Module.ResolveType(Int32(), null, method.GetGenericArguments());

        public bool Know(object value)
        {
            _known.Push(value);
            return true;
        }

        [UnconditionalSuppressMessage("Trimming", "IL2026", Justification = "What the body names is there.")]
        public FieldInfo? Field() => method.Module.ResolveField(Int32(), null, method.GetGenericArguments());

        /// <summary>Knows what a static field holds, if it is a constant of the machine.</summary>
        public bool TryEvaluate(FieldInfo? field)
            => field is { IsInitOnly: true } && field.FieldType == typeof(bool) && Know((bool)field.GetValue(null)!);

        /// <summary>Knows what a call gives, if it asks for the machine's instructions or compares types.</summary>
        public bool TryEvaluate(MethodInfo called)
        {
            if (called.Name is "get_IsSupported" or "get_IsHardwareAccelerated") return Know((bool)called.Invoke(null, null)!);
            if (called.DeclaringType != typeof(Type)) return false;
            if (called.Name == nameof(System.Type.GetTypeFromHandle)) return true;
            return called.Name == "op_Equality" && Know(_known.Pop().Equals(_known.Pop()));
        }

        public bool TryBranch(int distance, bool when)
            => _known.TryPop(out object? condition) && condition is bool value && (value != when || Jump(distance));

        public bool Jump(int distance)
        {
            _offset += distance;
            return distance >= 0;       // a loop is not straight
        }

        public bool Return() => IsDone = IsNothingKnown;
    }
}
