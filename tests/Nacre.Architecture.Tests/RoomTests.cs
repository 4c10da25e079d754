using System.Reflection;
using System.Runtime.CompilerServices;

namespace Nacre.Architecture.Tests;

/// <summary>The rooms of <c>src/Nacre</c> and the arrows between them, as they are in the built assembly.</summary>
public class RoomTests
{
    private const string Root = "Nacre", Compiler = "Nacre.Compiler";

    // Attributes that the .NET runtime looks for by their full names.
    private const string FoundByName = "System.Runtime.CompilerServices";

    // The namespace whose types make code at run time.
    private const string Emit = "System.Reflection.Emit";

    // Which rooms the code of each may use, besides itself and the vocabulary of the root.
    private static readonly Dictionary<string, string[]> s_arrows = ReadArrows();

    private static readonly IReadOnlyDictionary<string, HashSet<string>> s_uses = TypeUses.Of(typeof(Engine).Assembly.Location, Emit);

    [Fact]
    public void Arrows_lead_to_known_rooms()
        => Assert.All(s_arrows.Values.SelectMany(rooms => rooms), room => Assert.Contains(room, s_arrows.Keys));

    [Fact]
    public void Every_type_is_in_a_known_room()
        => Assert.All(s_uses.Keys, type => Assert.Contains(RoomOf(type), s_arrows.Keys));

    [Fact]
    public void Arrows_between_rooms_point_one_way()
    {
        HashSet<string> vocabulary = Vocabulary();
        string[] wrong =
        [
            .. from type in s_uses.Keys
               where s_arrows.ContainsKey(RoomOf(type))
               from used in s_uses[type]
               where !IsEmit(used) && RoomOf(used) != RoomOf(type) && !s_arrows[RoomOf(type)].Contains(RoomOf(used)) && !vocabulary.Contains(used)
               orderby type, used
               select $"{type} uses {used}",
        ];
        Assert.Empty(wrong);
    }

    [Fact]
    public void Only_the_compiler_makes_code_at_run_time()
    {
        string[] users = [.. from type in s_uses.Keys where s_uses[type].Any(IsEmit) select type];
        Assert.Contains("Nacre.Compiler.FunctionLowering", users);
        Assert.All(users, type => Assert.Equal(Compiler, RoomOf(type)));
    }

    [Fact]
    public void Uses_in_signatures_and_in_code_are_both_seen()
    {
        Assert.Contains("Nacre.Runtime.StoreState", s_uses["Nacre.Store"]);                     // in a signature
        Assert.Contains("Nacre.Runtime.Instantiation", s_uses["Nacre.Linker"]);                 // in code alone
        Assert.Contains("Nacre.TrapException", s_uses["Nacre.Runtime.Trap"]);                   // vocabulary
    }

    [Fact]
    public void The_core_uses_nothing_but_the_framework()
        => Assert.All(typeof(Engine).Assembly.GetReferencedAssemblies(), Framework);

    // From the table in ARCHITECTURE.md.
    private static Dictionary<string, string[]> ReadArrows([CallerFilePath] string thisFile = "")
    {
        const int RoomCell = 1, ArrowsCell = 4;
        var arrows = new Dictionary<string, string[]> { [FoundByName] = [] };
        foreach (string line in File.ReadLines(Path.Combine(Path.GetDirectoryName(thisFile)!, "..", "..", "ARCHITECTURE.md")))
        {
            if (!line.StartsWith("| `src/Nacre` ", StringComparison.Ordinal) && !line.StartsWith("| `src/Nacre/", StringComparison.Ordinal)) continue;
            string[] cells = line.Split('|', StringSplitOptions.TrimEntries);
            string room = cells[RoomCell].Split('`')[1]["src/".Length..].Replace('/', '.');
            string[] names = cells[ArrowsCell] == "nothing" ? [] : cells[ArrowsCell].Split(", ");
            arrows.Add(room, [.. names.Select(name => name == "root" ? Root : $"{Root}.{name}")]);
        }
        arrows[Compiler] = [.. arrows[Compiler], FoundByName];
        return arrows;
    }

    private static void Framework(AssemblyName assembly) => Assert.StartsWith("System.", assembly.Name, StringComparison.Ordinal);

    // Types of the root that use no room but Syntax: exceptions and options, in which every room may speak.
    private static HashSet<string> Vocabulary()
    {
        var vocabulary = s_uses.Keys.Where(type => RoomOf(type) == Root).ToHashSet();
        while (vocabulary.RemoveWhere(type => !s_uses[type].All(used => vocabulary.Contains(used) || RoomOf(used) == "Nacre.Syntax")) > 0)
            continue;
        return vocabulary;
    }

    private static bool IsEmit(string type) => type.StartsWith(Emit + ".", StringComparison.Ordinal);

    private static string RoomOf(string type) => type[..type.LastIndexOf('.')];
}
