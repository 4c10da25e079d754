using Nacre.Binary;
using Nacre.Syntax;

namespace Nacre.Fuzz.Generation;

/// <summary>A module made of choices.</summary>
/// <param name="Definition">The module.</param>
/// <param name="IsBounded">Whether it ends without fuel.</param>
internal sealed record GeneratedModule(ModuleDefinition Definition, bool IsBounded);

/// <summary>Makes valid modules. A seed and a number determine each of them.</summary>
internal static class ModuleGenerator
{
    /// <summary>The module of imports and exports that the oracle links.</summary>
    public const string Host = "host";

    /// <summary>The module number <paramref name="number"/>.</summary>
    public static GeneratedModule Generate(ulong seed, ulong number)
    {
        var dice = new Dice(seed, number);
        // Every module has its own likes, so that rare instructions meet each other.
        int[] weights = [8, .. Enumerable.Range(1, Productions.CategoryCount - 1).Select(_ => dice.OneOf(0, 0, 1, 3, 8))];
        var world = new World { Dice = dice, Weights = weights, IsBounded = dice.Once(2), IsEdgy = dice.Once(3), Throws = dice.Once(3), HasImports = dice.Once(6) };
        return new GeneratedModule(new ModuleAssembly(world).Assemble(), world.IsBounded);
    }
}
