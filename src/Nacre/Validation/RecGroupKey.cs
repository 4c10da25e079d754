using System.Runtime.InteropServices;
using Nacre.Syntax;

namespace Nacre.Validation;

/// <summary>Spells recursive groups as words, so that two groups are equal exactly when their words are.</summary>
/// <remarks>
/// One group after another is written into the same buffer; the words take space in proportion to the group's bytes.
/// Spec: Validation, Types, Defined Types (equality of rolled-up types).
/// </remarks>
internal sealed class RecGroupKey
{
    private const uint Func = 0, Struct = 1, Array = 2;
    private uint[] _words = new uint[64];
    private int _count;

    /// <summary>The words of the group written last.</summary>
    public ReadOnlySpan<uint> Words => _words.AsSpan(0, _count);

    /// <summary>Spells <paramref name="group"/>, whose members <paramref name="substitution"/> leads to <see cref="TypeSpace.Recursive"/>.</summary>
    /// <exception cref="InvalidModuleException">"unknown type".</exception>
    public void Write(RecType group, Substitution substitution)
    {
        _count = 0;
        foreach (SubType member in group.Members) Write(member, substitution);
    }

    private void Write(SubType type, Substitution substitution)
    {
        Add(((uint)type.Supertypes.Length << 1) | (type.IsFinal ? 1u : 0));
        foreach (HeapType supertype in type.Supertypes) Add(substitution.Apply(supertype).Bits);
        switch (type.Composite)
        {
            case FuncType func:
                Add(Func);
                Write(func.Parameters, substitution);
                Write(func.Results, substitution);
                break;
            case StructType structure:
                Add(Struct);
                Add((uint)structure.Fields.Length);
                foreach (FieldType field in structure.Fields) Write(field, substitution);
                break;
            case ArrayType array:
                Add(Array);
                Write(array.Element, substitution);
                break;
        }
    }

    private void Write(ReadOnlySpan<ValType> types, Substitution substitution)
    {
        Add((uint)types.Length);
        foreach (ValType type in types) Add(substitution.Apply(type).Bits);
    }

    // Codes of packed storage are larger than any bits of a value type: those have the code in the low byte and no such index.
    private void Write(FieldType field, Substitution substitution)
    {
        Add(field.IsMutable ? 1u : 0);
        Add(field.Storage == StorageType.I8 ? uint.MaxValue
            : field.Storage == StorageType.I16 ? uint.MaxValue - 1
            : substitution.Apply(field.Storage.Unpacked).Bits);
    }

    private void Add(uint word)
    {
        if (_count == _words.Length) System.Array.Resize(ref _words, _count * 2);
        _words[_count++] = word;
    }

    /// <summary>A hash of the words that a module's author cannot foresee.</summary>
    /// <remarks>The hash of strings is seeded anew in each process, and made to withstand chosen inputs.</remarks>
    public int Hash() => string.GetHashCode(MemoryMarshal.Cast<uint, char>(Words));
}
