using Nacre.Binary;
using Nacre.Syntax;

namespace Nacre.Fuzz.Generation;

/// <summary>Puts a module together: first what bodies can refer to, then the bodies.</summary>
internal sealed class ModuleAssembly(World world)
{
    private readonly Dice _dice = world.Dice;
    private readonly List<Import> _imports = [];
    private readonly List<MemoryType> _memories = [];
    private readonly List<GlobalDefinition> _globals = [];
    private readonly List<TableDefinition> _tables = [];
    private readonly List<ElementSegment> _elements = [];
    private readonly List<DataSegment> _data = [];

    /// <summary>The module.</summary>
    public ModuleDefinition Assemble()
    {
        if (world.Weights[(int)Category.Reference] > 0) world.Types.AddAggregates(_dice);
        AddFunctions();
        AddMemories();
        AddTables();
        AddGlobals();
        AddTags();
        AddSegments();
        FuncDefinition[] functions = [.. world.Functions.Skip(world.ImportedFunctionCount).Select(self => new BodyGenerator(world, self, _dice.Once(12) ? 300 : _dice.Between(10, 90)).Generate())];
        return new ModuleDefinition
        {
            Imports = [.. _imports],
            Functions = functions,
            Tables = [.. _tables],
            Memories = [.. _memories],
            Tags = [.. world.Tags.Select(tag => new TagType(TypeWorld.Heap(world.Types.Function(tag, []))))],
            Globals = [.. _globals],
            Exports = [.. Exports()],
            Elements = [.. _elements],
            Data = [.. _data],
            DataCount = (uint)_data.Count,
            RecTypes = world.Types.Groups,       // last: everything else may add some
        };
    }

    private void AddFunctions()
    {
        Import([ValType.I64], []);
        Import([ValType.I32, ValType.F64, ValType.Externref], [ValType.Externref, ValType.F32, ValType.I64]);
        bool isWide = _dice.Once(40);
        if (isWide) world.WideTypes = [.. Enumerable.Range(0, _dice.Between(20, _dice.Once(5) ? 400 : 80)).Select(_ => HostType())];
        if (isWide && _dice.Once(2)) Import(WideOrFew(), WideOrFew());
        world.ImportedFunctionCount = world.Functions.Count;
        if (isWide) AddFunction(WideOrFew(), world.WideTypes);
        if (isWide) AddFunction(world.WideTypes, WideOrFew());
        for (int count = _dice.Between(1, 3); count > 0; count--)
        {
            // Parameters that the host can give; the types of functions known so far may be among those of internal ones.
            bool isForHost = !_dice.Once(4);
            AddFunction(world.AnyTypes(5, isForHost), world.AnyTypes(_dice.Once(6) ? 8 : 2));
        }
        if (!_dice.Once(world.IsEdgy ? 3 : 12)) return;
        for (int count = _dice.Between(2, 5); count > 0; count--) AddFunction([ValType.I32, ValType.I64], [_dice.OneOf(ValType.I32, ValType.I64)], isProbe: true);
    }

    private ValType[] WideOrFew() => _dice.Once(2) ? world.WideTypes : [.. world.WideTypes.Take(3)];

    private ValType HostType() => _dice.OneOf(ValType.I32, ValType.I64, ValType.F32, ValType.F64, ValType.V128, ValType.Externref);

    private void Import(ValType[] parameters, ValType[] results)
    {
        AddFunction(parameters, results);
        Callee callee = world.Functions[^1];
        _imports.Add(new Import(ModuleGenerator.Host, $"f{callee.Index}", new FuncExternType(TypeWorld.Heap(callee.TypeIndex))));
    }

    private void AddFunction(ValType[] parameters, ValType[] results, bool isProbe = false)
    {
        uint type = world.Types.Function(parameters, results);
        world.Functions.Add(new Callee((uint)world.Functions.Count, type, (FuncType)world.Types[type], isProbe));
    }

    private void AddMemories()
    {
        for (int count = _dice.Weighted(1, 6, 2, 1); count > 0; count--)
        {
            MemoryType type = Memory();
            if (!IsImported("m", world.Memories.Count, _memories.Count, type)) _memories.Add(type);
            world.Memories.Add(type);
        }
    }

    // Imports come first in each index space; the oracle makes what is wanted.
    private bool IsImported(string prefix, int count, int ownCount, ExternType type)
    {
        if (!world.HasImports || ownCount > 0 || _dice.Once(3)) return false;
        _imports.Add(new Import(ModuleGenerator.Host, $"{prefix}{count}", type));
        return true;
    }

    private MemoryType Memory() => _dice.Weighted(8, 2, 2, 2) switch
    {
        1 => new MemoryType(new Limits(1, (ulong)_dice.Between(1, 3)), AddressType.I64),
        2 => new MemoryType(new Limits((ulong)_dice.Between(1, 2), 3), _dice.Once(3) ? AddressType.I64 : AddressType.I32, IsShared: true),
        3 => new MemoryType(new Limits((ulong)_dice.Between(17, 300), 400), _dice.Once(3) ? AddressType.I64 : AddressType.I32, PageSizeLog2: 0),
        _ => new MemoryType(new Limits((ulong)_dice.Between(1, 2), (ulong)_dice.Between(2, 4))),
    };

    private void AddTables()
    {
        AddTable(ValType.Funcref);
        for (int count = _dice.Below(3); count > 0; count--) AddTable(ValType.RefNull(world.AnyReference().HeapType));
    }

    private void AddTable(ValType element)
    {
        var type = new TableType(element, new Limits((ulong)_dice.Between(8, 12), 20), _dice.Once(4) ? AddressType.I64 : AddressType.I32);
        bool isImported = IsForHost(element) && IsImported("t", world.Tables.Count, _tables.Count, type);
        world.Tables.Add(type);
        if (!isImported) _tables.Add(new TableDefinition(type, _dice.Once(4) ? Initial(element, 0) : null));
    }

    private void AddGlobals()
    {
        AddGlobal(ValType.I32, isMutable: true, bits: 1000);
        AddGlobal(ValType.I64, isMutable: true, bits: 0);
        for (int count = _dice.Below(6); count > 0; count--)
        {
            ValType type = world.AnyType();
            if (type.IsReference) type = ValType.RefNull(type.HeapType);
            AddGlobal(type, !_dice.Once(4), Interesting.Bits(_dice, type));
        }
    }

    private void AddGlobal(ValType value, bool isMutable, ulong bits)
    {
        var type = new GlobalType(value, isMutable);
        if (!IsForHost(value) || !IsImported("g", world.Globals.Count, _globals.Count, type)) _globals.Add(new GlobalDefinition(type, Initial(value, bits)));
        world.Globals.Add(type);
    }

    // A constant, the value of a global that does not change, a function, or a sum.
    private Expr Initial(ValType type, ulong bits)
    {
        if (world.Globals.Count == 0) return Constant(type, bits);      // what counts down
        int global = world.Globals.FindIndex(known => !known.IsMutable && known.Value == type);
        if (global >= 0 && _dice.Once(3)) return Expr(writer => writer.Write(Opcode.GlobalGet, (uint)global));
        if (type == ValType.Funcref && _dice.Once(2)) return Expr(writer => writer.Write(Opcode.RefFunc, _dice.Among(world.Functions).Index));
        if ((type != ValType.I32 && type != ValType.I64) || !_dice.Once(4)) return Constant(type, bits);
        bool isLong = type == ValType.I64;
        Opcode constant = isLong ? Opcode.I64Const : Opcode.I32Const;
        return Expr(writer =>
        {
            writer.Write(constant, new Immediates { Bits = bits });
            writer.Write(constant, new Immediates { Bits = Interesting.I32(_dice) });
            writer.Write(_dice.Once(2) ? isLong ? Opcode.I64Add : Opcode.I32Add : isLong ? Opcode.I64Mul : Opcode.I32Mul);
        });
    }

    private static Expr Constant(ValType type, ulong bits) => Expr(writer =>
    {
        if (type.IsReference) writer.Write(Opcode.RefNull, new Immediates { Heap = type.HeapType });
        else if (type == ValType.I32) writer.Write(Opcode.I32Const, new Immediates { Bits = bits });
        else if (type == ValType.I64) writer.Write(Opcode.I64Const, new Immediates { Bits = bits });
        else if (type == ValType.F32) writer.Write(Opcode.F32Const, new Immediates { Bits = bits });
        else if (type == ValType.F64) writer.Write(Opcode.F64Const, new Immediates { Bits = bits });
        else writer.Write(Opcode.V128Const, new Immediates { Bits = bits, BitsHigh = ~bits });
    });

    private static Expr Expr(Action<InstructionWriter> write)
    {
        var bytes = new ByteWriter();
        var writer = new InstructionWriter(bytes);
        write(writer);
        writer.Write(Opcode.End);
        return new Expr(bytes.ToArray(), 0);
    }

    private void AddTags()
    {
        world.Tags.Add([]);
        for (int count = _dice.Below(3); count > 0; count--)
            world.Tags.Add([.. Enumerable.Range(0, _dice.Below(3)).Select(_ => world.AnyType(forHost: true))]);
    }

    private void AddSegments()
    {
        // All functions may be referred to; some lie in the first table.
        FuncIndex[] all = [.. world.Functions.Select(callee => new FuncIndex(callee.Index))];
        AddElements(new ElementSegment(SegmentMode.Declarative, default, null, ValType.Ref(AbstractHeapType.Func), all, null));
        for (int count = _dice.Between(2, 7); count > 0; count--) world.Elements.Add(_dice.Among(world.Functions));
        ValType index = world.Tables[0].Address == AddressType.I64 ? ValType.I64 : ValType.I32;
        AddElements(new ElementSegment(SegmentMode.Active, default, Constant(index, 0), ValType.Ref(AbstractHeapType.Func),
            [.. world.Elements.Select(callee => new FuncIndex(callee.Index))], null));
        AddElements(new ElementSegment(SegmentMode.Passive, default, null, ValType.Ref(AbstractHeapType.Func), [.. all.Take(3)], null));
        AddElements(new ElementSegment(SegmentMode.Passive, default, null, ValType.RefNull(AbstractHeapType.I31), null, [.. Enumerable.Range(0, 4).Select(I31)]));
        if (world.Memories.Count > 0)
        {
            ValType address = world.Memories[0].Address == AddressType.I64 ? ValType.I64 : ValType.I32;
            AddData(SegmentMode.Active, Constant(address, (ulong)_dice.Below(2)), 16);
            if (_dice.Once(2) && world.Memories[0].PageSizeLog2 == 16)
                AddData(SegmentMode.Active, Constant(address, (world.Memories[0].Limits.Minimum << 16) - 32), 32);
        }
        for (int count = _dice.Below(3); count > 0; count--) AddData(SegmentMode.Passive, null, _dice.Between(0, 64));
    }

    private static Expr I31(int value) => Expr(writer =>
    {
        writer.WriteConst(value * 0x3FFF_FFFF);
        writer.Write(Opcode.RefI31);
    });

    private void AddElements(ElementSegment segment)
    {
        _elements.Add(segment);
        world.Segments.Add(segment.Type);
    }

    private void AddData(SegmentMode mode, Expr? offset, int byteCount)
    {
        var bytes = new byte[byteCount];
        for (int i = 0; i < byteCount; i++) bytes[i] = (byte)_dice.Next();
        _data.Add(new DataSegment(mode, default, offset, bytes));
        world.Data.Add(byteCount);
    }

    private IEnumerable<Export> Exports()
    {
        foreach (Callee callee in world.Functions.Skip(world.ImportedFunctionCount))
            if (callee.Type.Parameters.ToArray().All(IsForHost)) yield return new Export($"f{callee.Index}", ExternKind.Func, callee.Index);
        for (uint i = 0; i < world.Memories.Count; i++) yield return new Export($"m{i}", ExternKind.Memory, i);
        for (uint i = 0; i < world.Tables.Count; i++) yield return new Export($"t{i}", ExternKind.Table, i);
        for (uint i = 0; i < world.Globals.Count; i++) yield return new Export($"g{i}", ExternKind.Global, i);
    }

    private static bool IsForHost(ValType type) => !type.IsReference || (type.IsNullable && !type.HeapType.IsDefined);
}
