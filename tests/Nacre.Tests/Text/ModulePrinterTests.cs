using Nacre.Binary;
using Nacre.Syntax;
using Nacre.Tests.Support;
using Nacre.Text;

namespace Nacre.Tests.Text;

public class ModulePrinterTests
{
    private const string Example = """
        (module $m
          (type $pair (struct (field $x i32) (field (mut i8))))
          (import "env" "log" (func $log (param i32)))
          (memory 1 2)
          (global $g (mut f64) (f64.const 0.1))
          (export "max" (func $max))
          (func $max (param $a i32) (param i32) (result i32) (local $t i64) (local f32 f32)
            block $out (result i32)
              local.get $a
              local.get 1
              local.get $a
              local.get 1
              i32.gt_s
              (@metadata.code.branch_hint "\01") if (result i32)
                i32.const -1
                br $out
              else
                i32.const 2
              end
              i32.load offset=8 align=2
              drop
              select
              br 0
            end
            call $log
            f32.const nan:0x200000
            drop
            unreachable)
          (data $d (i32.const 16) "a\"\00\ff"))
        """;

    [Fact]
    public void A_module_is_printed_flat()
        => Assert.Equal("""
            (module $m
              (type $pair (;0;) (struct (field $x i32) (field (mut i8))))
              (type (;1;) (func (param i32)))
              (type (;2;) (func (param i32 i32) (result i32)))
              (import "env" "log" (func $log (;0;) (type 1) (param i32)))
              (memory (;0;) 1 2)
              (global $g (;0;) (mut f64) (f64.const 0.1))
              (export "max" (func $max))
              (func $max (;1;) (type 2) (param $a i32) (param i32) (result i32)
                (local $t i64) (local f32 f32)
                block $out (result i32)
                  local.get $a
                  local.get 1
                  local.get $a
                  local.get 1
                  i32.gt_s
                  (@metadata.code.branch_hint "\01") if (;@2;) (result i32)
                    i32.const -1
                    br $out
                  else
                    i32.const 2
                  end
                  i32.load offset=8 align=2
                  drop
                  select
                  br $out
                end
                call $log
                f32.const nan:0x200000
                drop
                unreachable)
              (data $d (;0;) (i32.const 16) "a\22\00\ff"))

            """, ModulePrinter.Print(ModuleParser.Parse(Example)), ignoreLineEndingDifferences: true);

    [Fact]
    public void A_module_is_printed_folded()
        => Assert.Contains("""
                (call $log
                  (block $out (result i32)
                    (local.get $a)
                    (local.get 1)
                    (drop
                      (i32.load offset=8 align=2
                        (@metadata.code.branch_hint "\01") (if (;@2;) (result i32)
                          (i32.gt_s (local.get $a) (local.get 1))
                          (then (br $out (i32.const -1)))
                          (else (i32.const 2)))))
                    (br $out (select))))
            """, ModulePrinter.Print(ModuleParser.Parse(Example), new PrintOptions { Fold = true }), StringComparison.Ordinal);

    [Fact]
    public void Short_operands_stay_on_the_line_of_their_instruction()
        => Assert.Contains("\n    (local.set 0 (i32.add (local.get 0) (i32.const 1)))))\n",
            ModulePrinter.Print(ModuleParser.Parse("(module (func (param i32) local.get 0 i32.const 1 i32.add local.set 0))"), new PrintOptions { Fold = true }),
            StringComparison.Ordinal);

    [Fact]
    public void A_skeleton_has_everything_but_what_functions_do()
    {
        string text = ModulePrinter.Print(ModuleParser.Parse(Example), new PrintOptions { Skeleton = true });
        Assert.Contains("(func $max (;1;) (type 2) (param $a i32) (param i32) (result i32))\n", text, StringComparison.Ordinal);
        Assert.DoesNotContain("local", text, StringComparison.Ordinal);
        Assert.Contains("(data $d", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Byte_offsets_tell_where_instructions_lie()
    {
        ModuleDefinition module = ModuleDecoder.Decode(ModuleEncoder.Encode(ModuleParser.Parse("(module (func block nop end))")), WasmFeatures.All);
        int start = module.Functions[0].Body.ByteOffset;
        string text = ModulePrinter.Print(module, new PrintOptions { ByteOffsets = true });
        Assert.Contains($"\n    (;0x{start:x6};)  block (;@1;)\n    (;0x{start + 2:x6};)    nop\n    (;0x{start + 3:x6};)  end))\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Names_that_occur_twice_are_told_apart_and_kept()
    {
        const string Text = """(module (func $f) (func $f#1 (@name "f")) (func (@name "a b")) (func (@name "")) (start 1))""";
        ModuleDefinition module = ModuleParser.Parse(Text);
        string printed = ModulePrinter.Print(module);
        Assert.Contains("""(func $f#1 (@name "f") (;1;)""", printed, StringComparison.Ordinal);
        Assert.Contains("""(func $"a b" (;2;)""", printed, StringComparison.Ordinal);
        Assert.Contains("(start $f#1)", printed, StringComparison.Ordinal);
        Assert.Equal(ModuleEncoder.Encode(module), ModuleEncoder.Encode(ModuleParser.Parse(printed)));
    }

    [Fact]
    public void A_label_that_is_hidden_by_an_inner_one_is_told_by_its_depth()
        => Assert.Contains("br 1 (;@1;)\n        br $l\n",
            ModulePrinter.Print(ModuleParser.Parse("(module (func block $l block $l br 1 br 0 end end))")), StringComparison.Ordinal);

    [Theory]
    [InlineData("(f32.const 3.4028235e+38)")]
    [InlineData("(f32.const 1e-45)")]
    [InlineData("(f32.const -0)")]
    [InlineData("(f64.const -inf)")]
    [InlineData("(f64.const -nan)")]
    [InlineData("(f64.const nan:0x1)")]
    [InlineData("(f64.const 1.7976931348623157e+308)")]
    [InlineData("(f64.const 5e-324)")]
    [InlineData("(i32.const -2147483648)")]
    [InlineData("(i64.const -9223372036854775808)")]
    [InlineData("(v128.const i32x4 0x00000001 0x80000000 0xffffffff 0x00000000)")]
    public void Constants_are_exact(string constant)
        => Assert.Contains(constant, ModulePrinter.Print(ModuleParser.Parse($"(module (func {constant} drop))"), new PrintOptions { Fold = true }), StringComparison.Ordinal);

    [Theory]
    [InlineData("(@custom \"c\" (after code) \"x\\00\")")]
    [InlineData("(@custom \"c\" (before first) \"x\")")]
    [InlineData("(@custom \"name\" (after data) \"\\01\\ff\")")]
    [InlineData("(@custom \"metadata.code.branch_hint\" (after data) \"\\ff\")")]
    public void Custom_sections_are_annotations(string annotation)
        => Assert.Contains(annotation, ModulePrinter.Print(ModuleParser.Parse($"(module {annotation})")), StringComparison.Ordinal);

    [Theory]
    [InlineData("(module (rec (type $a (sub (struct (field (ref null $b))))) (type $b (sub final $a (struct (field (ref null $b)) (field $n i64))))) (rec))")]
    [InlineData("(module (table $t 2 funcref) (table i64 1 2 (ref null any) (ref.null any)) (elem $e (table 1) (offset (i64.const 0)) anyref (item ref.null any)) (elem declare func))")]
    [InlineData("(module (memory 1) (memory $m i64 1 2) (data $d \"x\") (func i64.const 0 i32.const 0 i32.const 0 memory.init $m $d i64.const 0 i32.const 0 i32.const 1 memory.copy $m 0))")]
    [InlineData("(module (table 1 funcref) (table $t 1 funcref) (type $f (func)) (elem $e func) (func (call_indirect $t (type $f) (i32.const 0)) (table.init $t $e (i32.const 0) (i32.const 0) (i32.const 0))))")]
    [InlineData("(module (memory 1) (func (param v128) (drop (v128.load8_lane 0 offset=1 3 (i32.const 0) (local.get 0))) (drop (i8x16.shuffle 0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 31 (local.get 0) (local.get 0)))))")]
    [InlineData("(module (tag $e (param i32)) (func block $b (result i32) try_table (catch $e $b) (catch_all_ref 0) (throw $e (i32.const 1)) end i32.const 0 end drop))")]
    [InlineData("(module (tag $e) (func try $a try nop delegate $a catch $e rethrow 0 catch_all end))")]
    [InlineData("(module (func (param anyref) (result i31ref) block $l (result i31ref) local.get 0 br_on_cast $l anyref (ref i31) drop ref.null i31 end) (func (param anyref) (drop (ref.test (ref null i31) (local.get 0))) (drop (ref.cast (ref 0) (local.get 0)))))")]
    [InlineData("(module (func (select (result i64) (i64.const 0) (i64.const 1) (i32.const 0)) drop block br_table 0 0 1 end))")]
    [InlineData("(module (memory 1 1 shared) (memory 0 (pagesize 1)) (func (drop (i32.atomic.load 1 (i32.const 0))) (atomic.fence) (i64.add128 (i64.const 0) (i64.const 0) (i64.const 0) (i64.const 0)) drop drop))")]
    public void What_is_printed_is_read_back_as_the_same_module(string text) => RoundTrip.Check(ModuleParser.Parse(text, features: WasmFeatures.All));

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Blocks_may_be_nested_as_deep_as_they_like(bool fold)
    {
        const int Depth = 100_000;
        var text = new System.Text.StringBuilder("(module (func ");
        text.Insert(text.Length, "block ", Depth).Insert(text.Length, "end ", Depth).Append("))");
        ModuleDefinition module = ModuleParser.Parse(text.ToString());
        string printed = ModulePrinter.Print(module, new PrintOptions { Fold = fold });
        Assert.Equal(ModuleEncoder.Encode(module), ModuleEncoder.Encode(ModuleParser.Parse(printed)));
    }

    [Theory]
    [MemberData(nameof(Guests))]
    public void Guests_are_read_back_as_the_same_module(string path)
        => RoundTrip.Check(ModuleDecoder.Decode(File.ReadAllBytes(Path.Combine(Checkout, path)), WasmFeatures.All));

    public static TheoryData<string> Guests() => [.. new[] { "samples/guests", "bench/guests" }
        .SelectMany(folder => Directory.GetFiles(Path.Combine(Checkout, folder), "*.wasm"))
        .Select(path => Path.GetRelativePath(Checkout, path)).Order(StringComparer.Ordinal)];

    private static string Checkout { get; } = FindCheckout();

    private static string FindCheckout()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "global.json"))) folder = folder.Parent!;
        return folder.FullName;
    }
}
