using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Runtime.Intrinsics;
using Nacre.Runtime;
using Nacre.Syntax;
using Nacre.Validation;

namespace Nacre.Compiler;

/// <summary>What emitted code refers to.</summary>
internal static class Members
{
    private const BindingFlags All = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance;

    [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicMethods | DynamicallyAccessedMemberTypes.NonPublicMethods)]
    private static readonly Type s_meanings = typeof(Meanings);

    [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicMethods | DynamicallyAccessedMemberTypes.NonPublicMethods)]
    private static readonly Type s_support = typeof(Support);

    private static readonly ConcurrentDictionary<string, MethodInfo> s_helpers = new();
    private static readonly MethodInfo?[] s_meaningOf = new MethodInfo?[OpcodeInfo.Count];
    private static readonly StraightCode?[] s_straightMeaningOf = new StraightCode?[OpcodeInfo.Count];
    private static readonly bool[] s_isStraightKnown = new bool[OpcodeInfo.Count];

    public static readonly FieldInfo Control = Field(nameof(InstanceContext.Control));
    public static readonly FieldInfo NoBits = Field(nameof(InstanceContext.NoBits));
    public static readonly FieldInfo NoLanes = Field(nameof(InstanceContext.NoLanes));
    public static readonly FieldInfo Memory0 = Field(nameof(InstanceContext.Memory0));
    public static readonly FieldInfo Base0 = Field(nameof(InstanceContext.Base0));
    public static readonly FieldInfo GlobalCells = Field(nameof(InstanceContext.GlobalCells));
    public static readonly FieldInfo MemoryCells = Field(nameof(InstanceContext.MemoryCells));
    public static readonly FieldInfo Tables = Field(nameof(InstanceContext.Tables));
    public static readonly FieldInfo Table0 = Field(nameof(InstanceContext.Table0));
    public static readonly FieldInfo Types = Field(nameof(InstanceContext.Types));
    public static readonly FieldInfo Imports = Field(nameof(InstanceContext.Imports));
    public static readonly FieldInfo Store = Field(nameof(InstanceContext.Store));
    public static readonly FieldInfo FunctionContext = typeof(FunctionInstance).GetField(nameof(FunctionInstance.Context), All)!;
    public static readonly FieldInfo FunctionEntry = typeof(FunctionInstance).GetField(nameof(FunctionInstance.Entry), All)!;
    public static readonly FieldInfo StackLimit = typeof(ControlCell).GetField(nameof(ControlCell.StackLimit), All)!;
    public static readonly FieldInfo Fuel = typeof(ControlCell).GetField(nameof(ControlCell.Fuel), All)!;
    public static readonly FieldInfo Interruption = typeof(ControlCell).GetField(nameof(ControlCell.Interruption), All)!;
    public static readonly FieldInfo MemoryBase = typeof(MemoryCell).GetField(nameof(MemoryCell.Base), All)!;
    public static readonly FieldInfo MemoryByteLength = typeof(MemoryCell).GetField(nameof(MemoryCell.ByteLength), All)!;

    public static readonly MethodInfo CallHost = Helper(nameof(Support.CallHost));
    public static readonly MethodInfo Interpret = Helper(nameof(Support.Interpret));
    public static readonly MethodInfo StoreOfContext = Helper(nameof(Support.StoreOf));
    public static readonly MethodInfo ResultSlot = Helper(nameof(Support.ResultSlot));
    public static readonly MethodInfo TakeResultReference = Helper(nameof(Support.TakeResultReference));
    public static readonly MethodInfo PutResultReference = Helper(nameof(Support.PutResultReference));

    public static readonly MethodInfo F32ToBits = typeof(BitConverter).GetMethod(nameof(BitConverter.SingleToUInt32Bits))!;
    public static readonly MethodInfo F64ToBits = typeof(BitConverter).GetMethod(nameof(BitConverter.DoubleToUInt64Bits))!;
    public static readonly MethodInfo F32FromBits = typeof(BitConverter).GetMethod(nameof(BitConverter.UInt32BitsToSingle))!;
    public static readonly MethodInfo F64FromBits = typeof(BitConverter).GetMethod(nameof(BitConverter.UInt64BitsToDouble))!;
    public static readonly MethodInfo AsBytes = ((Func<Vector128<ulong>, Vector128<byte>>)Vector128.AsByte).Method;
    public static readonly MethodInfo VectorOf = ((Func<ulong, ulong, Vector128<ulong>>)Vector128.Create).Method;

    /// <summary>The method of <see cref="Support"/> with the name.</summary>
    public static MethodInfo Helper(string name) => s_helpers.GetOrAdd(
        name, static name => s_support.GetMethod(name, All) ?? throw new MissingMethodException(nameof(Support), name));

    /// <summary>What makes a structure of the class of <paramref name="prototype"/>, given its type.</summary>
    public static ConstructorInfo ConstructorOf(StructInstance prototype) => prototype.GetType().GetConstructor([typeof(DefinedType)])!;

    /// <summary>The block of fields at <paramref name="level"/> of the class of <paramref name="prototype"/>.</summary>
    public static FieldInfo BlockOf(StructInstance prototype, int level)
        => prototype.GetType().GetField($"Block{level}")!;

    /// <summary>What a plain instruction means.</summary>
    public static MethodInfo MeaningOf(Opcode opcode)
        => s_meaningOf[(int)opcode] ??= s_meanings.GetMethod(opcode.ToString(), All)
            ?? throw new MissingMethodException(nameof(Meanings), opcode.ToString());

    /// <summary>The same, to be copied; null where it has to be called.</summary>
    public static StraightCode? StraightMeaningOf(Opcode opcode)
    {
        if (!s_isStraightKnown[(int)opcode])
        {
            s_straightMeaningOf[(int)opcode] = StraightCodeReader.Read(MeaningOf(opcode));
            Volatile.Write(ref s_isStraightKnown[(int)opcode], true);
        }
        return s_straightMeaningOf[(int)opcode];
    }

    private static FieldInfo Field(string name) => typeof(InstanceContext).GetField(name, All)!;
}
