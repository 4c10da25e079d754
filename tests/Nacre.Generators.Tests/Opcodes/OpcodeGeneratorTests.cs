using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Nacre.Generators.Tests.Opcodes;

public class OpcodeGeneratorTests
{
    private const string Lists = """
        # code  mnemonic  immediates  operands -> results  traps  feature

        0x01      nop              -                 ->                    -       core
        0x11      call_indirect    type table        *                     broken  core
        0x28      i32.load         memarg.4          addr -> i32           broken  core
        0x29      i64.load         memarg.8          addr -> i64           broken  core
        0xFB:20   ref.test         heap              *                     -       extra
        0xFB:21   ref.test/null    heap              *                     -       extra
        0xFB:28   ref.i31          -                 i32 -> (ref i31)      -       extra
        """;

    [Fact]
    public void The_enumeration_has_a_member_for_each_row_in_order()
        => Assert.Equal(
            """
            namespace Nacre.Syntax;

            /// <summary>The instructions, numbered without gaps in the order of their codes.</summary>
            /// <remarks>Spec: Structure, Instructions. <see cref="OpcodeInfo"/> tells what is known of each.</remarks>
            public enum Opcode : ushort
            {
                /// <summary><c>nop</c> : <c>[] → []</c></summary>
                Nop,
                /// <summary><c>call_indirect</c> <em>type table</em></summary>
                CallIndirect,
                /// <summary><c>i32.load</c> <em>memarg.4</em> : <c>[addr] → [i32]</c></summary>
                I32Load,
                /// <summary><c>i64.load</c> <em>memarg.8</em> : <c>[addr] → [i64]</c></summary>
                I64Load,
                /// <summary><c>ref.test</c> <em>heap</em></summary>
                RefTest,
                /// <summary><c>ref.test</c> <em>heap</em></summary>
                RefTestNull,
                /// <summary><c>ref.i31</c> : <c>[i32] → [(ref i31)]</c></summary>
                RefI31,
            }

            """,
            SpecDriver.Run(Lists).Source("Opcode"));

    [Fact]
    public void The_reader_calls_a_method_for_each_immediate_and_shares_alike_shapes()
        => Assert.Equal(
            """
            namespace Nacre.Binary;

            public ref partial struct InstructionReader
            {
                private void ReadImmediates(ImmediateShape shape)
                {
                    switch (shape)
                    {
                        case ImmediateShape.None:
                            break;
                        case ImmediateShape.TypeTable:
                            Index = _cursor.ReadU32();
                            Index2 = ReadTableIndex();
                            break;
                        case ImmediateShape.Memarg4:
                        case ImmediateShape.Memarg8:
                            ReadMemarg();
                            break;
                        case ImmediateShape.Heap:
                            Heap = TypeReader.ReadHeapType(ref _cursor, _features);
                            break;
                    }
                }
            }

            """,
            SpecDriver.Run(Lists).Source("InstructionReader.Immediates"));

    [Fact]
    public void The_writer_is_the_readers_mirror()
    {
        string writer = SpecDriver.Run(Lists).Source("InstructionWriter.Immediates");
        Assert.Contains("_output.WriteU32(immediates.Index2);", writer, StringComparison.Ordinal);
        Assert.Contains("TypeWriter.WriteHeapType(_output, immediates.Heap);", writer, StringComparison.Ordinal);
    }

    [Fact]
    public void Features_become_bits_and_presets_unions_of_them()
    {
        string features = SpecDriver.Run(Lists, features: "first  wasm1 wasm3  One\nsecond  -  Two").Source("WasmFeatures");
        Assert.Contains("First = 1UL << 0,", features, StringComparison.Ordinal);
        Assert.Contains("Second = 1UL << 1,", features, StringComparison.Ordinal);
        Assert.Contains("Wasm2 = 0,", features, StringComparison.Ordinal);
        Assert.Contains("Wasm3 = First,", features, StringComparison.Ordinal);
        Assert.Contains("All = First | Second,", features, StringComparison.Ordinal);
    }

    [Fact]
    public void Everything_made_is_CSharp_without_syntax_errors()
    {
        GeneratorDriverRunResult result = SpecDriver.Run(Lists);
        Assert.Empty(result.Diagnostics);
        Assert.Equal(8, result.Sources().Length);
        Assert.All(result.Sources(), source => Assert.Empty(CSharpSyntaxTree.ParseText(source.SourceText).GetDiagnostics()));
    }

    [Fact]
    public void A_project_without_the_lists_gets_nothing()
    {
        GeneratorDriver driver = CSharpGeneratorDriver.Create(new Nacre.Generators.Opcodes.OpcodeGenerator());
        Assert.Empty(driver.RunGenerators(SpecDriver.Compilation).GetRunResult().Sources());
        Assert.Empty(SpecDriver.Run(Lists, folder: "elsewhere").Sources());
    }

    [Fact]
    public void Nothing_is_made_again_when_only_comments_below_the_rows_change()
    {
        AdditionalText before = SpecDriver.File("opcodes", Lists), after = SpecDriver.File("opcodes", Lists + "\n# A last word.\n");
        GeneratorDriver driver = SpecDriver.Create(before)
            .RunGenerators(SpecDriver.Compilation)
            .ReplaceAdditionalText(before, after)
            .RunGenerators(SpecDriver.Compilation);
        Assert.All(
            driver.GetRunResult().Results.Single().TrackedOutputSteps.SelectMany(step => step.Value).SelectMany(step => step.Outputs),
            output => Assert.True(output.Reason is IncrementalStepRunReason.Cached or IncrementalStepRunReason.Unchanged));
    }
}
