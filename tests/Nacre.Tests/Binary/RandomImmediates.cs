using Nacre.Binary;
using Nacre.Syntax;

namespace Nacre.Tests.Binary;

/// <summary>Immediates with something in every member, small numbers and large ones alike.</summary>
internal sealed class RandomImmediates(Random random)
{
    private static readonly AbstractHeapType[] s_abstract = Enum.GetValues<AbstractHeapType>();

    private readonly uint[] _labels = new uint[random.Next(5)];
    private readonly ValType[] _types = new ValType[random.Next(5)];
    private readonly CatchClause[] _catches = new CatchClause[random.Next(5)];

    public Immediates Next()
    {
        for (int i = 0; i < _labels.Length; i++) _labels[i] = U32();
        for (int i = 0; i < _types.Length; i++) _types[i] = Value();
        for (int i = 0; i < _catches.Length; i++) _catches[i] = Catch();
        return new Immediates
        {
            Index = U32(),
            Index2 = U32(),
            Block = random.Next(3) switch { 0 => BlockType.Empty, 1 => new BlockType(Value()), _ => new BlockType(new TypeIndex(U32())) },
            AlignLog2 = (uint)random.Next(64),
            MemoryIndex = random.Next(2) == 0 ? 0 : U32(),
            Offset = U64(),
            Lane = (byte)random.Next(256),
            Bits = U64(),
            BitsHigh = U64(),
            Heap = Heap(),
            Heap2 = Heap(),
            CastFlags = (byte)random.Next(4),
            Labels = _labels,
            Types = _types,
            Catches = _catches,
        };
    }

    public ValType Value() => random.Next(7) switch
    {
        0 => ValType.I32,
        1 => ValType.I64,
        2 => ValType.F32,
        3 => ValType.F64,
        4 => ValType.V128,
        5 => ValType.Ref(Heap()),
        _ => ValType.RefNull(Heap()),
    };

    public HeapType Heap() => random.Next(2) == 0
        ? new HeapType(s_abstract[random.Next(s_abstract.Length)])
        : new HeapType(U32() % HeapType.IndexLimit, TypeSpace.Module);

    private CatchClause Catch()
    {
        var kind = (CatchKind)random.Next(4);
        return new CatchClause(kind, new TagIndex(CatchClause.HasTag(kind) ? U32() : 0), new LabelIndex(U32()));
    }

    private uint U32() => (uint)U64();

    private ulong U64() => (ulong)random.NextInt64(long.MinValue, long.MaxValue) >> random.Next(64);
}
