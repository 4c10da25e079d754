using Nacre.Syntax;

namespace Nacre.Text;

internal sealed partial class ModuleReader
{
    private readonly List<RecType> _recTypes = [];
    private readonly List<SubType> _explicitTypes = [];
    private readonly List<FuncType> _implicitTypes = [];
    private readonly Dictionary<FuncType, uint> _funcTypes = new(FuncTypeComparer.Instance);
    private readonly Dictionary<(uint Type, int Symbol), uint> _fields = [];
    private readonly List<(uint Type, uint Field, int Symbol)> _fieldNames = [];
    private FuncType[] _expectedTypes = [];
    private bool _mentionsLaterType;

    private void ReadTypes()
    {
        for (; Kind == TokenKind.LeftParen; At = After(At))
        {
            int start = At;
            if (IsOpened(Keyword.Rec)) ReadRec();
            else if (IsOpened(Keyword.Type)) _recTypes.Add(new RecType([ReadType()]));
            At = start;
        }
        // Only a function type that stands alone, is final and extends nothing is found by its parameters and results.
        uint index = 0;
        foreach (RecType group in _recTypes)
        {
            if (group.Members is [{ IsFinal: true, Supertypes.Length: 0, Composite: FuncType type }]) _funcTypes.TryAdd(type, index);
            index += (uint)group.Members.Length;
        }
    }

    private void ReadRec()
    {
        At += 2;
        int first = _explicitTypes.Count;
        while (IsOpened(Keyword.Type)) ReadType();
        if (Kind != TokenKind.RightParen) throw Unexpected("(type …)");
        _recTypes.Add(new RecType([.. _explicitTypes[first..]]));
    }

    private SubType ReadType()
    {
        Open(Keyword.Type);
        TakeId();
        var type = (uint)_explicitTypes.Count;
        SubType subType = TryOpen(Keyword.Sub) ? ReadSub(type) : SubType.Plain(ReadComposite(type));
        Close();
        _explicitTypes.Add(subType);
        return subType;
    }

    private SubType ReadSub(uint type)
    {
        bool isFinal = TryTake(Keyword.Final);
        var supertypes = new List<HeapType>();
        while (IsIndex) supertypes.Add(ReadDefinedType());
        var subType = new SubType(isFinal, [.. supertypes], ReadComposite(type));
        Close();
        return subType;
    }

    private CompositeType ReadComposite(uint type)
    {
        CompositeType composite;
        if (TryOpen(Keyword.Func))
        {
            composite = ReadSignature(names: null);
        }
        else if (TryOpen(Keyword.Array))
        {
            composite = new ArrayType(ReadFieldType());
        }
        else
        {
            Open(Keyword.Struct);
            composite = ReadStruct(type);
        }
        Close();
        return composite;
    }

    private StructType ReadStruct(uint type)
    {
        var fields = new List<FieldType>();
        while (TryOpen(Keyword.Field))
        {
            Token token = Current;
            int symbol = TakeId();
            if (symbol >= 0)
            {
                if (!_fields.TryAdd((type, symbol), (uint)fields.Count)) throw Error($"duplicate field {Excerpt(token)}", token);
                _fieldNames.Add((type, (uint)fields.Count, symbol));
                fields.Add(ReadFieldType());
            }
            else
            {
                while (Kind != TokenKind.RightParen) fields.Add(ReadFieldType());
            }
            Close();
        }
        return new StructType([.. fields]);
    }

    private FieldType ReadFieldType()
    {
        if (!TryOpen(Keyword.Mut)) return new FieldType(ReadStorageType(), IsMutable: false);
        var type = new FieldType(ReadStorageType(), IsMutable: true);
        Close();
        return type;
    }

    private StorageType ReadStorageType()
        => TryTake(Keyword.I8) ? StorageType.I8
        : TryTake(Keyword.I16) ? StorageType.I16
        : new StorageType(ReadValType());

    private RecType[] AllRecTypes() => [.. _recTypes, .. _implicitTypes.Select(type => new RecType([SubType.Plain(type)]))];

    /// <summary>Function types are alike when they have the same spelling.</summary>
    private sealed class FuncTypeComparer : IEqualityComparer<FuncType>
    {
        public static readonly FuncTypeComparer Instance = new();

        public bool Equals(FuncType? x, FuncType? y)
            => x!.Parameters.SequenceEqual(y!.Parameters) && x.Results.SequenceEqual(y.Results);

        public int GetHashCode(FuncType type)
        {
            var hash = new HashCode();
            foreach (ValType parameter in type.Parameters) hash.Add(parameter);
            hash.Add(type.Parameters.Length);
            foreach (ValType result in type.Results) hash.Add(result);
            return hash.ToHashCode();
        }
    }
}
