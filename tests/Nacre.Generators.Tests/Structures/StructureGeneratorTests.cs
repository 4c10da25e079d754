using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Nacre.Generators.Structures;
using Nacre.Generators.Tests.Opcodes;

namespace Nacre.Generators.Tests.Structures;

public class StructureGeneratorTests
{
    private static GeneratorDriverRunResult Run(string levels)
        => CSharpGeneratorDriver.Create(new StructureGenerator()).AddAdditionalTexts([SpecDriver.File("structures", levels)])
            .RunGenerators(SpecDriver.Compilation).GetRunResult();

    [Fact]
    public void Each_class_adds_a_block_to_one_with_a_block_less_and_those_with_most_have_a_rest()
        => Assert.Equal(
            """
            namespace Nacre.Runtime;

            internal sealed partial class StructLayout
            {
                private static ReadOnlySpan<byte> WordCounts =>
                [
                    2,
                ];

            }

            [InlineArray(2)]
            internal struct Numbers2 { private ulong _first; }

            [InlineArray(2)]
            internal struct References2 { private object? _first; }

            internal partial class StructInstance
            {
                /// <summary>Another structure of this type, with a block of numbers after this one's.</summary>
                public virtual StructInstance? WithNumbers() => new StructN(Type!);
                /// <summary>Another structure of this type, with a block of references after this one's.</summary>
                public virtual StructInstance? WithReferences() => new StructR(Type!);
            }

            internal sealed class StructN(DefinedType type) : StructInstance(type)
            {
                public Numbers2 Block0;
                public override StructInstance New() => new StructN(Type!);
                public override ref byte LastBlock => ref Unsafe.As<Numbers2, byte>(ref Block0);
                private StructRest? _rest;
                public override StructInstance? WithNumbers() => null;
                public override StructInstance? WithReferences() => null;
                public override ref StructRest? Rest => ref _rest;
            }

            internal sealed class StructR(DefinedType type) : StructInstance(type)
            {
                public References2 Block0;
                public override StructInstance New() => new StructR(Type!);
                public override ref byte LastBlock => ref Unsafe.As<References2, byte>(ref Block0);
                private StructRest? _rest;
                public override StructInstance? WithNumbers() => null;
                public override StructInstance? WithReferences() => null;
                public override ref StructRest? Rest => ref _rest;
            }

            """,
            Run("# level  words\n0  2").Source("Structures"), ignoreLineEndingDifferences: true);

    [Fact]
    public void There_is_a_class_for_each_sequence_of_blocks()
    {
        string source = Run("0  1\n1  2\n2  4").Source("Structures");
        Assert.Contains("internal class StructNR(DefinedType type) : StructN(type)", source, StringComparison.Ordinal);
        Assert.Contains("internal sealed class StructNRN(DefinedType type) : StructNR(type)", source, StringComparison.Ordinal);
        Assert.Equal(2 + 4 + 8, source.Split(" class Struct").Length - 1 - 2);
    }

    [Theory]
    [InlineData("0", "NACRE101")]
    [InlineData("0  3", "NACRE114")]
    [InlineData("0  many", "NACRE114")]
    [InlineData("0  1\n0  2", "NACRE105")]
    public void A_bad_row_is_an_error(string levels, string id) => Assert.Equal(id, Assert.Single(Run(levels).Diagnostics).Id);

    [Fact]
    public void Without_the_list_nothing_is_made()
        => Assert.Empty(CSharpGeneratorDriver.Create(new StructureGenerator()).RunGenerators(SpecDriver.Compilation).GetRunResult().Results.Single().GeneratedSources);
}
