using Nacre.Syntax;

namespace Nacre.Text;

/// <remarks>Spec: Text Format, Types.</remarks>
internal sealed partial class ModuleReader
{
    private ValType ReadValType()
        => Word == Keyword.None && Kind != TokenKind.LeftParen ? throw Unexpected("a type")
        : NumberType(Word) is { } type ? Taken(type)
        : ReadRefType("a type");

    private static ValType? NumberType(Keyword word) => word switch
    {
        Keyword.I32 => ValType.I32,
        Keyword.I64 => ValType.I64,
        Keyword.F32 => ValType.F32,
        Keyword.F64 => ValType.F64,
        Keyword.V128 => ValType.V128,
        _ => null,
    };

    private ValType ReadRefType(string expected = "a reference type")
    {
        if (TryOpen(Keyword.Ref))
        {
            bool isNullable = TryTake(Keyword.Null);
            HeapType heapType = ReadHeapType();
            Close();
            return ValType.Reference(heapType, isNullable);
        }
        return ShortRefType(Word) is { } heap ? Taken(ValType.RefNull(heap)) : throw Unexpected(expected);
    }

    private bool IsRefType => IsOpened(Keyword.Ref) || ShortRefType(Word) is not null;

    private ValType Taken(ValType type)
    {
        At++;
        return type;
    }

    private static AbstractHeapType? ShortRefType(Keyword word) => word switch
    {
        Keyword.AnyRef => AbstractHeapType.Any,
        Keyword.EqRef => AbstractHeapType.Eq,
        Keyword.I31Ref => AbstractHeapType.I31,
        Keyword.StructRef => AbstractHeapType.Struct,
        Keyword.ArrayRef => AbstractHeapType.Array,
        Keyword.NullRef => AbstractHeapType.None,
        Keyword.FuncRef => AbstractHeapType.Func,
        Keyword.NullFuncRef => AbstractHeapType.NoFunc,
        Keyword.ExternRef => AbstractHeapType.Extern,
        Keyword.NullExternRef => AbstractHeapType.NoExtern,
        Keyword.ExnRef => AbstractHeapType.Exn,
        Keyword.NullExnRef => AbstractHeapType.NoExn,
        _ => null,
    };

    private HeapType ReadHeapType()
    {
        if (IsIndex) return ReadDefinedType();
        if (AbstractHeap(Word) is not { } type) throw Unexpected("a heap type");
        At++;
        return new HeapType(type);
    }

    internal static AbstractHeapType? AbstractHeap(Keyword word) => word switch
    {
        Keyword.Any => AbstractHeapType.Any,
        Keyword.Eq => AbstractHeapType.Eq,
        Keyword.I31 => AbstractHeapType.I31,
        Keyword.Struct => AbstractHeapType.Struct,
        Keyword.Array => AbstractHeapType.Array,
        Keyword.None_ => AbstractHeapType.None,
        Keyword.Func => AbstractHeapType.Func,
        Keyword.NoFunc => AbstractHeapType.NoFunc,
        Keyword.Extern => AbstractHeapType.Extern,
        Keyword.NoExtern => AbstractHeapType.NoExtern,
        Keyword.Exn => AbstractHeapType.Exn,
        Keyword.NoExn => AbstractHeapType.NoExn,
        _ => null,
    };

    private HeapType ReadDefinedType()
    {
        uint index = ReadIndex(_typeSpace);
        return index < HeapType.IndexLimit ? new HeapType(index, TypeSpace.Module) : throw new InvalidModuleException($"unknown type {index}");
    }

    // (param …)* (result …)*
    private FuncType ReadSignature(IndexSpace? names)
    {
        _parameters.Clear();
        _results.Clear();
        while (TryOpen(Keyword.Param)) ReadParameters(names);
        while (TryOpen(Keyword.Result))
        {
            while (Kind != TokenKind.RightParen) _results.Add(ReadValType());
            Close();
        }
        if (!IsOpened(Keyword.Param)) return new FuncType([.. _parameters], [.. _results]);
        At++;
        throw Unexpected("another result: parameters come before results");
    }

    private void ReadParameters(IndexSpace? names)
    {
        Token token = Current;
        if (Kind == TokenKind.Id)
        {
            At++;
            _parameters.Add(ReadValType());
            if (names is not null && !names.TryDefine(token.Data)) throw Error($"duplicate local {Excerpt(token)}", token);
        }
        else
        {
            int first = _parameters.Count;
            while (Kind != TokenKind.RightParen) _parameters.Add(ReadValType());
            names?.Skip((uint)(_parameters.Count - first));
        }
        Close();
    }

    private readonly List<ValType> _parameters = [], _results = [];

    private Limits ReadLimits(AddressType address)
    {
        ulong minimum = ReadSize(address);
        return new Limits(minimum, Kind == TokenKind.Nat ? ReadSize(address) : null);
    }

    // With 64-bit sizes in the language all are read as such, and it is for validation to say that one is too large.
    private ulong ReadSize(AddressType address)
        => address == AddressType.I64 || (_features & WasmFeatures.Memory64) != 0 ? ReadU64() : ReadU32();

    private AddressType ReadAddressType()
    {
        if (TryTake(Keyword.I64)) return AddressType.I64;
        TryTake(Keyword.I32);
        return AddressType.I32;
    }

    private TableType ReadTableType()
    {
        AddressType address = ReadAddressType();
        Limits limits = ReadLimits(address);
        return new TableType(ReadRefType(), limits, address);
    }

    private MemoryType ReadMemoryType(AddressType address)
    {
        Limits limits = ReadLimits(address);
        bool isShared = TryTake(Keyword.Shared);
        return new MemoryType(limits, address, isShared, ReadPageSizeLog2());
    }

    private byte ReadPageSizeLog2()
    {
        if (!TryOpen(Keyword.PageSize)) return DefaultPageSizeLog2;
        Token token = Current;
        uint byteCount = ReadU32();
        if (!System.Numerics.BitOperations.IsPow2(byteCount)) throw Error($"invalid custom page size {byteCount}: no power of two", token);
        Close();
        return (byte)System.Numerics.BitOperations.Log2(byteCount);
    }

    private const byte DefaultPageSizeLog2 = 16;

    private GlobalType ReadGlobalType()
    {
        if (!TryOpen(Keyword.Mut)) return new GlobalType(ReadValType(), IsMutable: false);
        var type = new GlobalType(ReadValType(), IsMutable: true);
        Close();
        return type;
    }
}
