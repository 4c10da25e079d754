using Nacre.Syntax;

namespace Nacre.Validation;

/// <summary>The types of one engine, each there once: recursive groups that are equal share their <see cref="DefinedType"/>s.</summary>
/// <remarks>
/// Safe for any number of threads; look-up by id takes no lock. A type lives as long as the engine: canonical numbers are
/// compared by running code, stored in objects of the guest and in links between modules, so none can be given out twice.
/// What a module adds is in proportion to the bytes of its type section, and an engine holds at most
/// <see cref="Capacity"/> types; a host that loads modules of strangers for months gives each of them an engine.
/// Spec: Validation, Types; Appendix, Type Soundness (iso-recursive equality).
/// </remarks>
internal sealed class TypeRegistry
{
    /// <summary>How many distinct types an engine can hold.</summary>
    public const uint Capacity = HeapType.IndexLimit;

    private const int ChunkShift = 11;
    private const uint ChunkLength = 1u << ChunkShift;

    private readonly Lock _lock = new();
    private HashIndex _groups;
    private GrowingArray<Group> _groupEntries;
    private readonly DefinedType[]?[] _chunks = new DefinedType[Capacity >> ChunkShift][];
    private uint _count;

    /// <summary>The type that <paramref name="type"/>, in <see cref="TypeSpace.Canonical"/>, stands for.</summary>
    public DefinedType this[HeapType type] => this[type.Index];

    /// <summary>The type with this id.</summary>
    public DefinedType this[uint id] => Volatile.Read(ref _chunks[id >> ChunkShift])![id & (ChunkLength - 1)];

    /// <summary>The function type that hosts know only by its shape: final, without supertypes, alone in its group.</summary>
    /// <param name="type">The shape; it mentions no defined types of a module.</param>
    /// <exception cref="InvalidModuleException">It does, or the engine is full of types.</exception>
    public DefinedType Define(FuncType type)
    {
        var types = new DefinedType[1];
        Define(new RecType([SubType.Plain(type)]), types, 0, new RecGroupKey(), byteOffset: null);
        return types[0];
    }

    /// <summary>Finds or adds the types of <paramref name="group"/>, and writes them to <paramref name="types"/> from <paramref name="start"/> on.</summary>
    /// <param name="group">A group of a module.</param>
    /// <param name="types">The module's types; those below <paramref name="start"/> are known already.</param>
    /// <param name="start">The index of the group's first member in the module.</param>
    /// <param name="key">A buffer to spell the group in.</param>
    /// <param name="byteOffset">Where errors are said to be: the beginning of the type section.</param>
    /// <exception cref="InvalidModuleException">A member is not a valid type; nothing is added then.</exception>
    public void Define(RecType group, DefinedType[] types, int start, RecGroupKey key, int? byteOffset)
    {
        int memberCount = group.Members.Length;
        ReadOnlySpan<DefinedType> earlier = types.AsSpan(0, start);
        key.Write(group, new Substitution(earlier, memberCount, TypeSpace.Recursive, firstMember: 0, byteOffset));
        lock (_lock)
        {
            int hash = key.Hash();
            if (!TryFind(key.Words, hash, out uint firstId))
            {
                firstId = _count;
                Add(group, new Substitution(earlier, memberCount, TypeSpace.Canonical, firstId, byteOffset), start);
                _groups.Add(hash);
                _groupEntries.Add(new Group(key.Words.ToArray(), firstId));
            }
            for (int i = 0; i < memberCount; i++) types[start + i] = this[firstId + (uint)i];
        }
    }

    private bool TryFind(ReadOnlySpan<uint> words, int hash, out uint firstId)
    {
        ReadOnlySpan<Group> entries = _groupEntries.Items;
        for (int entry = _groups.First(hash); entry >= 0; entry = _groups.Next(entry))
        {
            firstId = entries[entry].FirstId;
            if (words.SequenceEqual(entries[entry].Words)) return true;
        }
        firstId = 0;
        return false;
    }

    // Types count as added only when the whole group has proved valid; until then nobody else can know their numbers.
    private void Add(RecType group, Substitution substitution, int start)
    {
        ReadOnlySpan<SubType> members = group.Members;
        if ((uint)members.Length > Capacity - _count) Invalid.Throw($"too many types: an engine holds {Capacity}", substitution.ByteOffset);
        for (int i = 0; i < members.Length; i++)
        {
            DefinedType? supertype = SupertypeOf(members[i], start + i, substitution);
            uint id = _count + (uint)i;
            DefinedType[] chunk = _chunks[id >> ChunkShift] ??= new DefinedType[ChunkLength];
            chunk[id & (ChunkLength - 1)] = new DefinedType(id, substitution.Apply(members[i]), supertype);
        }
        for (int i = 0; i < members.Length; i++) RequireMatch(this[_count + (uint)i], start + i, members[i], substitution.ByteOffset);
        _count += (uint)members.Length;
    }

    private DefinedType? SupertypeOf(SubType type, int index, Substitution substitution)
    {
        if (type.Supertypes.Length == 0) return null;
        if (type.Supertypes.Length > 1) Invalid.Throw($"sub type {index} has more than one super type", substitution.ByteOffset);
        HeapType declared = type.Supertypes[0];
        if (!declared.IsDefined) Invalid.Throw($"sub type {index} has the abstract super type {declared}", substitution.ByteOffset);
        if (declared.Index >= (uint)index) Invalid.Throw($"forward use of type {declared.Index} in sub type definition {index}", substitution.ByteOffset);

        DefinedType supertype = this[substitution.Apply(declared)];
        if (supertype.Depth >= ImplementationLimits.SubtypingDepth)
            Invalid.Throw($"sub type {index} is nested too deep: the limit is {ImplementationLimits.SubtypingDepth}", substitution.ByteOffset);
        return supertype;
    }

    private void RequireMatch(DefinedType type, int index, SubType declaration, int? byteOffset)
    {
        if (type.Supertype is not { } supertype) return;
        if (supertype.IsFinal)
            Invalid.Throw($"sub type {index} does not match super type {declaration.Supertypes[0]}, which is final", byteOffset);
        if (!new Matching(this).Matches(type.Composite, supertype.Composite))
            Invalid.Throw($"sub type {index} does not match super type {declaration.Supertypes[0]}: "
                + $"{declaration.Composite} is no subtype of {supertype.Composite}", byteOffset);
    }

    private readonly struct Group(uint[] words, uint firstId)
    {
        public readonly uint[] Words = words;
        public readonly uint FirstId = firstId;
    }
}
