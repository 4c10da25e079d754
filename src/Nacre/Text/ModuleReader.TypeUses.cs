using Nacre.Syntax;

namespace Nacre.Text;

/// <remarks>Spec: Text Format, Types, Type Uses. A use without an index means the first fitting type of the module, which is added at
/// its end when there is none.</remarks>
internal sealed partial class ModuleReader
{
    private static readonly FuncType s_nothing = new([], []);

    /// <summary>Reads the type of a function or tag.</summary>
    /// <param name="names">Takes the parameters and their identifiers; null where none are allowed.</param>
    private TypeIndex ReadTypeUse(IndexSpace? names)
    {
        if (!IsOpened(Keyword.Type)) return new TypeIndex(IndexOf(ReadInlineType(names)));

        Token token = TokenAt(At + 2);
        uint index = ReadTypeIndex();
        if (!HasInlineType)
        {
            names?.Skip(ParameterCount(index));
            return new TypeIndex(index);
        }
        FuncType inline = ReadInlineType(names);
        if (IsOpened(Keyword.Type))
        {
            At++;
            throw Unexpected("anything else: the type was named already");
        }
        CheckInlineType(index, inline, token);
        return new TypeIndex(index);
    }

    /// <summary>Reads the type of a block.</summary>
    private BlockType ReadBlockType()
    {
        if (!IsOpened(Keyword.Type) && !HasInlineType) return BlockType.Empty;
        if (IsOpened(Keyword.Type)) return new BlockType(ReadTypeUse(names: null));
        FuncType type = ReadInlineType(names: null);
        if (type.Parameters.Length > 0 || type.Results.Length > 1) return new BlockType(new TypeIndex(IndexOf(type)));
        return type.Results.Length == 0 ? BlockType.Empty : new BlockType(type.Results[0]);
    }

    private bool HasInlineType => OpenedWord is Keyword.Param or Keyword.Result;

    private uint ReadTypeIndex()
    {
        Open(Keyword.Type);
        uint index = ReadDefinedType().Index;
        Close();
        return index;
    }

    private FuncType ReadInlineType(IndexSpace? names)
    {
        if (!HasInlineType) return s_nothing;
        if (names is not null) return ReadSignature(names);
        int start = At;
        FuncType type = ReadSignature(names: null);
        for (int at = start; at < At; at++)
        {
            if (WordOf(TokenAt(at)) == Keyword.Param && TokenAt(at + 1).Kind == TokenKind.Id) throw Unexpected(TokenAt(at + 1), "a type");
        }
        return type;
    }

    private uint IndexOf(FuncType type)
    {
        if (_funcTypes.TryGetValue(type, out uint index)) return index;
        index = (uint)(_explicitTypes.Count + _implicitTypes.Count);
        if (index >= HeapType.IndexLimit) throw new InvalidModuleException($"unknown type {index}");
        _implicitTypes.Add(type);
        _funcTypes.Add(type, index);
        return index;
    }

    private uint ParameterCount(uint typeIndex)
    {
        if (typeIndex < _explicitTypes.Count)
            return _explicitTypes[(int)typeIndex].Composite is FuncType type ? (uint)type.Parameters.Length : 0;
        return KnownImplicitType(typeIndex) is { } known ? (uint)known.Parameters.Length : 0;
    }

    private FuncType? KnownImplicitType(uint typeIndex)
    {
        uint number = typeIndex - (uint)_explicitTypes.Count;
        if (number < _implicitTypes.Count) return _implicitTypes[(int)number];
        _mentionsLaterType |= _expectedTypes.Length == 0;
        return number < _expectedTypes.Length ? _expectedTypes[number] : null;
    }

    private void CheckInlineType(uint typeIndex, FuncType inline, Token token)
    {
        CompositeType? declared = typeIndex < _explicitTypes.Count ? _explicitTypes[(int)typeIndex].Composite : KnownImplicitType(typeIndex);
        if (declared is null) throw Error($"unknown type {typeIndex}", token);
        if (declared is not FuncType type || !FuncTypeComparer.Instance.Equals(type, inline))
            throw Error($"inline function type: type {typeIndex} is {declared}, not {inline}", token);
    }
}
