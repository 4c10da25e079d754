using System.Buffers;

namespace Nacre.Text;

/// <summary>The identifiers of an index space, made from names: each is unique, and can be written.</summary>
/// <remarks>Spec: Text Format, Values, Identifiers.</remarks>
internal sealed class Identifiers
{
    private static readonly SearchValues<char> s_idChars
        = SearchValues.Create("!#$%&'*+-./0123456789:<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ\\^_`abcdefghijklmnopqrstuvwxyz|~");

    /// <summary>A space whose members have no names.</summary>
    public static readonly Identifiers None = new([], []);

    private readonly string?[] _identifiers;
    private readonly string?[] _lostNames;

    private Identifiers(string?[] identifiers, string?[] lostNames) => (_identifiers, _lostNames) = (identifiers, lostNames);

    /// <summary>Makes the identifiers of <paramref name="count"/> members. The second of a name gets its index.</summary>
    public static Identifiers Of(int count, Func<uint, string?> nameOf)
    {
        string?[] identifiers = [], lostNames = [];
        HashSet<string>? known = null;
        for (int index = 0; index < count; index++)
        {
            if (nameOf((uint)index) is not { } name) continue;
            if (known is null) (known, identifiers, lostNames) = ([], new string?[count], new string?[count]);
            string unique = name;
            if (name.Length > 0)
            {
                while (!known.Add(unique)) unique = $"{unique}#{index}";
                identifiers[index] = Spell(unique);
            }
            if (name.Length == 0 || unique.Length != name.Length) lostNames[index] = name;
        }
        return known is null ? None : new Identifiers(identifiers, lostNames);
    }

    /// <summary>A name as an identifier, between quotation marks where it has to be.</summary>
    public static string Spell(string name)
    {
        if (!name.AsSpan().ContainsAnyExcept(s_idChars)) return $"${name}";
        var quoted = new TextOutput();
        StringText.Write(quoted.Add('$'), name);
        return quoted.Written.ToString();
    }

    /// <summary>The identifier of a member; null without one.</summary>
    public string? this[uint index] => index < _identifiers.Length ? _identifiers[index] : null;

    /// <summary>The name that the identifier of a member is not; null when it is, or there is no name.</summary>
    public string? LostName(uint index) => index < _lostNames.Length ? _lostNames[index] : null;

    /// <summary>Writes which member is meant.</summary>
    public void Use(TextOutput output, uint index)
    {
        if (this[index] is { } identifier) output.Add(identifier);
        else output.Add((ulong)index);
    }
}
