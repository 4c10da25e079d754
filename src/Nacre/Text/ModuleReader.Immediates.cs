using System.Diagnostics;
using System.Numerics;
using System.Runtime.InteropServices;
using Nacre.Binary;
using Nacre.Syntax;

namespace Nacre.Text;

/// <remarks>What follows the name of an instruction, as its <see cref="ImmediateShape"/> tells. Where the text has another order than
/// the bytes, or leaves something out, the text's is read here.</remarks>
internal sealed partial class ModuleReader
{
    private readonly List<uint> _labelVector = [];
    private readonly List<CatchClause> _catches = [];

    private Immediates ReadImmediates(ref Opcode opcode, int name)
    {
        ImmediateShape shape = OpcodeInfo.Shape(opcode);
        if (OpcodeInfo.NaturalAlignment(opcode) != 0) return ReadAccess(opcode);
        return shape switch
        {
            ImmediateShape.None when opcode == Opcode.Select => ReadSelect(ref opcode),
            ImmediateShape.None or ImmediateShape.Zero => default,
            ImmediateShape.Local => new Immediates { Index = ReadIndex(_locals) },
            ImmediateShape.Label => new Immediates { Index = ReadLabel() },
            ImmediateShape.LabelsLabel => ReadLabels(),
            ImmediateShape.Func => new Immediates { Index = ReadIndex(_funcSpace) },
            ImmediateShape.Global => new Immediates { Index = ReadIndex(_globalSpace) },
            ImmediateShape.Tag => new Immediates { Index = ReadIndex(_tagSpace) },
            ImmediateShape.Type => new Immediates { Index = ReadIndex(_typeSpace) },
            ImmediateShape.TypeTable => ReadIndirectCall(),
            ImmediateShape.TypeField => ReadFieldOf(),
            ImmediateShape.TypeType => new Immediates { Index = ReadIndex(_typeSpace), Index2 = ReadIndex(_typeSpace) },
            ImmediateShape.TypeCount => new Immediates { Index = ReadIndex(_typeSpace), Index2 = ReadU32() },
            ImmediateShape.TypeData => new Immediates { Index = ReadIndex(_typeSpace), Index2 = ReadDataIndex() },
            ImmediateShape.TypeElem => new Immediates { Index = ReadIndex(_typeSpace), Index2 = ReadIndex(_elemSpace) },
            ImmediateShape.Table => new Immediates { Index = ReadOptional(_tableSpace) },
            ImmediateShape.Memory => new Immediates { Index = ReadOptional(_memorySpace) },
            ImmediateShape.TableTable => ReadOptionalPair(_tableSpace),
            ImmediateShape.MemoryMemory => ReadOptionalPair(_memorySpace),
            ImmediateShape.Elem => new Immediates { Index = ReadIndex(_elemSpace) },
            ImmediateShape.Data => new Immediates { Index = ReadDataIndex() },
            ImmediateShape.ElemTable => ReadInit(_tableSpace),
            ImmediateShape.DataMemory => ReadInit(_memorySpace),
            ImmediateShape.S32 => new Immediates { Bits = ReadInt(32) },
            ImmediateShape.S64 => new Immediates { Bits = ReadInt(64) },
            ImmediateShape.F32 => new Immediates { Bits = ReadF32() },
            ImmediateShape.F64 => new Immediates { Bits = ReadF64() },
            ImmediateShape.V128 => ReadVector(),
            ImmediateShape.Lanes => ReadLanes(TokenAt(name)),
            ImmediateShape.Heap => opcode == Opcode.RefNull ? new Immediates { Heap = ReadHeapType() } : ReadCastType(ref opcode),
            ImmediateShape.CastflagsLabelHeapHeap => ReadBranchOnCast(),
            _ when OpcodeInfo.LaneCount(opcode) != 0 => new Immediates { Lane = ReadLane() },
            _ => throw new UnreachableException(),      // blocks are read elsewhere, and types belong to the other select
        };
    }

    private Immediates ReadSelect(ref Opcode opcode)
    {
        if (!IsOpened(Keyword.Result)) return default;
        _results.Clear();
        while (TryOpen(Keyword.Result))
        {
            while (Kind != TokenKind.RightParen) _results.Add(ReadValType());
            Close();
        }
        opcode = Opcode.SelectT;
        return new Immediates { Types = CollectionsMarshal.AsSpan(_results) };
    }

    private Immediates ReadCastType(ref Opcode opcode)
    {
        ValType type = ReadRefType();
        if (type.IsNullable) opcode = opcode == Opcode.RefTest ? Opcode.RefTestNull : Opcode.RefCastNull;
        return new Immediates { Heap = type.HeapType };
    }

    private Immediates ReadBranchOnCast()
    {
        uint label = ReadLabel();
        ValType from = ReadRefType(), to = ReadRefType();
        var flags = (byte)((from.IsNullable ? 1 : 0) | (to.IsNullable ? 2 : 0));
        return new Immediates { Index = label, CastFlags = flags, Heap = from.HeapType, Heap2 = to.HeapType };
    }

    private Immediates ReadLabels()
    {
        _labelVector.Clear();
        do
        {
            _labelVector.Add(ReadLabel());
        }
        while (IsIndex);
        Span<uint> labels = CollectionsMarshal.AsSpan(_labelVector);
        return new Immediates { Labels = labels[..^1], Index = labels[^1] };
    }

    private ReadOnlySpan<CatchClause> ReadCatches()
    {
        _catches.Clear();
        while (Kind == TokenKind.LeftParen && CatchKindOf(TokenAt(At + 1)) is { } kind)
        {
            At += 2;
            uint tag = CatchClause.HasTag(kind) ? ReadIndex(_tagSpace) : 0;
            _catches.Add(new CatchClause(kind, new TagIndex(tag), new LabelIndex(ReadLabel())));
            Close();
        }
        return CollectionsMarshal.AsSpan(_catches);
    }

    private static CatchKind? CatchKindOf(Token token)
        => IsOpcode(token, Opcode.Catch) ? CatchKind.Catch
        : IsOpcode(token, Opcode.CatchAll) ? CatchKind.CatchAll
        : WordOf(token) == Keyword.CatchRef ? CatchKind.CatchRef
        : WordOf(token) == Keyword.CatchAllRef ? CatchKind.CatchAllRef
        : null;

    private Immediates ReadIndirectCall()
    {
        uint table = ReadOptional(_tableSpace);
        return new Immediates { Index = ReadTypeUse(names: null).Value, Index2 = table };
    }

    private Immediates ReadFieldOf()
    {
        uint type = ReadIndex(_typeSpace);
        if (Kind != TokenKind.Id) return new Immediates { Index = type, Index2 = ReadU32() };
        Token token = TokenAt(At++);
        return _fields.TryGetValue((type, token.Data), out uint field)
            ? new Immediates { Index = type, Index2 = field }
            : throw Error($"unknown field {Excerpt(token)}", token);
    }

    private uint ReadDataIndex()
    {
        _mentionsData = true;
        return ReadIndex(_dataSpace);
    }

    private uint ReadOptional(IndexSpace space) => IsIndex ? ReadIndex(space) : 0;

    private Immediates ReadOptionalPair(IndexSpace space)
        => IsIndex ? new Immediates { Index = ReadIndex(space), Index2 = ReadIndex(space) } : default;

    // A segment, and before it where it goes; the bytes have the segment first.
    private Immediates ReadInit(IndexSpace target)
    {
        bool hasTarget = IsIndex && TokenAt(At + 1).Kind is (TokenKind.Nat or TokenKind.Id);
        uint index = hasTarget ? ReadIndex(target) : 0;
        return new Immediates { Index = target == _memorySpace ? ReadDataIndex() : ReadIndex(_elemSpace), Index2 = index };
    }

    // memory? offset=n? align=n? lane?
    private Immediates ReadAccess(Opcode opcode)
    {
        bool hasLane = OpcodeInfo.LaneCount(opcode) != 0;
        // A single number is the lane; a memory before it is followed by something more.
        bool hasMemory = Kind == TokenKind.Id
            || (Kind == TokenKind.Nat && (!hasLane || TokenAt(At + 1).Kind is TokenKind.Nat or TokenKind.Offset or TokenKind.Align));
        var access = new Immediates { AlignLog2 = (uint)BitOperations.Log2((uint)OpcodeInfo.NaturalAlignment(opcode)) };
        if (hasMemory) access.MemoryIndex = ReadIndex(_memorySpace);
        if (Kind == TokenKind.Offset) access.Offset = ReadAfter("offset=".Length);
        if (Kind == TokenKind.Align) access.AlignLog2 = ReadAlignLog2();
        if (hasLane) access.Lane = ReadLane();
        return access;
    }

    private uint ReadAlignLog2()
    {
        Token token = Current;
        ulong align = ReadAfter("align=".Length);
        return BitOperations.IsPow2(align) ? (uint)BitOperations.Log2(align) : throw Error($"alignment must be a power of two, not {align}", token);
    }

    private ulong ReadAfter(int prefixLength)
    {
        Token token = TokenAt(At++);
        return NumberLiteral.TryReadNat(Stream.TextOf(token)[prefixLength..], out ulong value)
            ? value
            : throw Error("i64 constant out of range", token);
    }
}
