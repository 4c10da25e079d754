using Nacre.Syntax;

namespace Nacre.Fuzz.Generation;

/// <summary>A function that bodies may call.</summary>
/// <param name="Index">Its index.</param>
/// <param name="TypeIndex">The index of its type.</param>
/// <param name="Type">Its type.</param>
/// <param name="IsProbe">Whether it is nothing but uses of parts of loads at the end of memory.</param>
internal sealed record Callee(uint Index, uint TypeIndex, FuncType Type, bool IsProbe = false);

/// <summary>What all bodies of a module can refer to, and what the module likes.</summary>
internal sealed class World
{
    /// <summary>The choices.</summary>
    public required Dice Dice { get; init; }
    /// <summary>The types.</summary>
    public TypeWorld Types { get; } = new();
    /// <summary>Functions, imports first.</summary>
    public List<Callee> Functions { get; } = [];
    /// <summary>How many functions are imported.</summary>
    public int ImportedFunctionCount { get; set; }
    /// <summary>Memories.</summary>
    public List<MemoryType> Memories { get; } = [];
    /// <summary>Tables. The first holds functions.</summary>
    public List<TableType> Tables { get; } = [];
    /// <summary>The functions in the first table, in order.</summary>
    public List<Callee> Elements { get; } = [];
    /// <summary>Globals. The first counts what a bounded module may still do, the second gathers what locals held in the end.</summary>
    public List<GlobalType> Globals { get; } = [];
    /// <summary>Parameters of tags. The first has none.</summary>
    public List<ValType[]> Tags { get; } = [];
    /// <summary>Dozens or hundreds of types, for signatures and blocks; mostly none.</summary>
    public ValType[] WideTypes { get; set; } = [];
    /// <summary>Sizes of data segments.</summary>
    public List<int> Data { get; } = [];
    /// <summary>Element types of element segments.</summary>
    public List<ValType> Segments { get; } = [];
    /// <summary>How much the module likes each <see cref="Category"/>.</summary>
    public int[] Weights { get; init; } = [];
    /// <summary>Whether functions and loops count down, so that the module ends without fuel.</summary>
    public bool IsBounded { get; init; }
    /// <summary>Whether accesses that straddle the end of memory are frequent.</summary>
    public bool IsEdgy { get; init; }
    /// <summary>Whether memories, tables and globals are imported.</summary>
    public bool HasImports { get; init; }
    /// <summary>Whether bodies throw and catch.</summary>
    public bool Throws { get; init; }
    /// <summary>Whether there are aggregates.</summary>
    public bool HasAggregates => Types.Structs.Count + Types.Arrays.Count > 0;

    /// <summary>The global that counts down in bounded modules.</summary>
    public const uint Countdown = 0;
    /// <summary>The global into which the locals of finished functions are mixed.</summary>
    public const uint Digest = 1;

    /// <summary>A type that a local, parameter or result may have.</summary>
    public ValType AnyType(bool forHost = false)
    {
        int kind = Dice.Weighted(6, 5, 4, 4, Weights[(int)Category.Vector] + Weights[(int)Category.VectorMemory] > 0 ? 4 : 0, Weights[(int)Category.Reference] > 0 ? 6 : 0);
        return kind switch
        {
            0 => ValType.I32,
            1 => ValType.I64,
            2 => ValType.F32,
            3 => ValType.F64,
            4 => ValType.V128,
            _ => AnyReference(forHost),
        };
    }

    /// <summary>A reference type of which values can be made.</summary>
    public ValType AnyReference(bool forHost = false)
    {
        bool isNullable = forHost || Dice.Percent(60);
        if (!forHost && HasAggregates && Dice.Percent(50))
            return ValType.Reference(TypeWorld.Heap(Types.Structs.Count == 0 || (Types.Arrays.Count > 0 && Dice.Once(2)) ? Dice.Among(Types.Arrays) : Dice.Among(Types.Structs)), isNullable);
        if (!forHost && Functions.Count > 0 && Dice.Once(6)) return ValType.Reference(TypeWorld.Heap(Dice.Among(Functions).TypeIndex), isNullable);
        AbstractHeapType heap = Dice.OneOf(AbstractHeapType.Any, AbstractHeapType.Eq, AbstractHeapType.I31, AbstractHeapType.Func, AbstractHeapType.Extern, AbstractHeapType.Exn,
            HasAggregates && Types.Structs.Count > 0 ? AbstractHeapType.Struct : AbstractHeapType.Any,
            HasAggregates && Types.Arrays.Count > 0 ? AbstractHeapType.Array : AbstractHeapType.Eq);
        return ValType.Reference(new HeapType(heap), isNullable);
    }

    /// <summary>Some types.</summary>
    public ValType[] AnyTypes(int most, bool forHost = false) => [.. Enumerable.Range(0, Dice.Below(most + 1)).Select(_ => AnyType(forHost))];
}
