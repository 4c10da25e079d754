using Nacre.Binary;
using Nacre.Syntax;
using Nacre.Text;

namespace Nacre.Tests.Text;

public class ModuleParserTests
{
    [Theory]
    [InlineData("(module)")]
    [InlineData("")]
    [InlineData("(func)")]
    [InlineData("(module $m (func $f) (start $f))")]
    [InlineData("(module definition $m)")]
    [InlineData("(func (param $x i32) (param i64 f32) (result i32) (local $y funcref) (local.get $x))")]
    [InlineData("(func i32.const 1 if $l (result i32) i32.const 2 else $l i32.const 3 end $l drop)")]
    [InlineData("(func (if (i32.const 1) (then (nop) nop) (else)))")]
    [InlineData("(func (block $a (loop $b (br_table $a $b 0 (i32.const 0)))))")]
    [InlineData("(tag $e (param i32)) (func (block $h (result i32) (try_table (catch $e $h) (catch_all 1) (throw $e (i32.const 1))) (i32.const 2)) drop)")]
    [InlineData("(tag $e) (func (try (do) (catch $e (rethrow 0)) (catch_all)) try nop catch $e catch_all end try try delegate 0 catch_all end (try (do) (delegate 0)))")]
    [InlineData("(rec (type $a (sub (struct (field $x (mut i8)) (field i32 (ref null $b))))) (type $b (sub final $a (struct (field (mut i8) i32 (ref null $b))))))")]
    [InlineData("(type $s (struct (field $x i32))) (func (param (ref $s)) (drop (struct.get $s $x (local.get 0))) (drop (array.new_fixed $t 0))) (type $t (array (mut i64)))")]
    [InlineData("(func (param anyref) (drop (ref.test (ref null eq) (local.get 0))) (drop (ref.cast (ref i31) (local.get 0))) (drop (br_on_cast 0 anyref (ref struct) (local.get 0))))")]
    [InlineData("(memory $a 1) (memory $b i64 1 2) (func (i32.store8 $b offset=5 align=1 (i64.const 0) (i32.const 1)) (memory.copy $a $b (i32.const 0) (i64.const 0) (i32.const 0)) (drop (memory.size $b)))")]
    [InlineData("(memory 1) (data $d \"x\\00\\u{1F600}\") (func (memory.init $d (i32.const 0) (i32.const 0) (i32.const 0)) (data.drop 0))")]
    [InlineData("(table $t 1 funcref) (elem $e declare func 0) (func (table.init $t $e (i32.const 0) (i32.const 0) (i32.const 0)) (call_indirect $t (param i32) (i32.const 0) (i32.const 0)))")]
    [InlineData("(table (export \"t\") i64 funcref (elem (ref.func 0) (item (ref.null func)))) (table 1 (ref func) (ref.func 0)) (func)")]
    [InlineData("(memory (import \"a\" \"b\") 1 2 shared) (memory (export \"m\") (pagesize 1) (data \"abc\" \"def\"))")]
    [InlineData("(func (import \"a\" \"b\") (param i32)) (global (export \"g\") (mut v128) (v128.const f32x4 1 -0 nan 0x1p3))")]
    [InlineData("(func (result v128) (i8x16.shuffle 0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 31 (v128.const i8x16 0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 -1) (v128.const i64x2 -1 0xFFFFFFFFFFFFFFFF)))")]
    [InlineData("(memory 1) (func (result v128) (v128.load8_lane 0 offset=3 15 (i32.const 0) (v128.const i32x4 0 0 0 0)) (v128.store64_lane 1 (i32.const 0)))")]
    [InlineData("(func (param i32) (select (result i32) (i32.const 1) (i32.const 2) (local.get 0)) drop (select (i32.const 1) (i32.const 2) (local.get 0)) drop)")]
    [InlineData("(func (@metadata.code.branch_hint \"\\01\") (if (i32.const 1) (then)) i32.const 0 (@metadata.code.branch_hint \"\\00\") br_if 0)")]
    [InlineData("(@custom \"a\" (before first) \"x\") (func) (@custom \"b\" (after code) \"y\" \"z\") (@custom \"c\")")]
    [InlineData("(memory 1 1 shared) (func (drop (i32.atomic.rmw.add offset=4 (i32.const 0) (i32.const 1))) (atomic.fence))")]
    public void What_is_parsed_can_be_encoded_and_decoded(string text)
    {
        ModuleDefinition module = Parse(text);
        byte[] bytes = ModuleEncoder.Encode(module);
        ModuleDefinition decoded = ModuleDecoder.Decode(bytes, WasmFeatures.All);
        Assert.Equal(bytes, ModuleEncoder.Encode(decoded));
        Assert.Equal(module.Functions.Length, decoded.Functions.Length);
    }

    [Fact]
    public void Types_that_are_only_used_come_after_those_defined_in_the_order_of_their_uses()
    {
        ModuleDefinition module = Parse("""
            (func $f (result f64) (block (param i64) (result i64 i64) unreachable) unreachable)
            (func $g (param i32))
            (func $h (result f64) (f64.const 1))
            (type $t (func (param i32)))
            (func (type 1))
            (func (type 2))
            """);
        Assert.Equal(["[i32] → []", "[] → [f64]", "[i64] → [i64 i64]"], module.RecTypes.Select(type => type.Members[0].Composite.ToString()));
        Assert.Equal([1u, 0u, 1u, 1u, 2u], module.Functions.Select(function => function.Type.Value));
    }

    [Fact]
    public void A_type_index_may_mean_a_type_that_a_later_use_adds()
    {
        ModuleDefinition module = Parse("(func (type 0) (local $x i64) (drop (local.get $x))) (func (param i32 i32))");
        Assert.Equal("local.get 2", Instructions(module.Functions[0])[0]);
    }

    [Fact]
    public void A_type_that_can_be_extended_is_not_found_by_its_spelling()
    {
        ModuleDefinition module = Parse("(type (sub (func))) (rec (type (func)) (type (func))) (type (func)) (func)");
        Assert.Equal(3u, module.Functions[0].Type.Value);
    }

    [Fact]
    public void Folded_and_flat_forms_are_the_same_code()
    {
        ModuleDefinition folded = Parse("(func (result i32) (if (result i32) (i32.eqz (i32.const 1)) (then (i32.add (i32.const 2) (i32.const 3))) (else (i32.const 4))))");
        ModuleDefinition flat = Parse("(func (result i32) i32.const 1 i32.eqz if (result i32) i32.const 2 i32.const 3 i32.add else i32.const 4 end)");
        Assert.Equal(flat.Functions[0].Body.Bytes.ToArray(), folded.Functions[0].Body.Bytes.ToArray());
    }

    [Fact]
    public void Labels_are_counted_outward_and_may_hide_each_other()
    {
        ModuleDefinition module = Parse("(func block $a block $b block $a br $a br $b end br $a br 2 end end)");
        Assert.Equal(["br 0", "br 1", "br 1", "br 2"], Instructions(module.Functions[0]).Where(text => text.StartsWith("br", StringComparison.Ordinal)));
    }

    [Fact]
    public void Identifiers_and_annotations_become_names()
    {
        ModuleDefinition module = Parse("""
            (module $m
              (type $t (struct (field $x i32)))
              (func $"f g" (param $p i32) (local $l i32) block $b end)
              (func $h (@name "better"))
              (table $tab 1 funcref) (memory $mem 1) (global $glob i32 (i32.const 0)) (tag $tag) (elem $e func) (data $d ""))
            """);
        NameSection names = NameSection.Of(module)!;
        Assert.Null(names.Defect);
        Assert.Equal("m", names.Module);
        Assert.Equal("f g", names.NameOf(new FuncIndex(0)));
        Assert.Equal("better", names.NameOf(new FuncIndex(1)));
        Assert.Equal("p", names.NameOf(new FuncIndex(0), new LocalIndex(0)));
        Assert.Equal("l", names.NameOf(new FuncIndex(0), new LocalIndex(1)));
        Assert.Equal("b", names.NameOfLabel(new FuncIndex(0), 1));
        Assert.Equal("t", names.NameOf(new TypeIndex(0)));
        Assert.Equal("x", names.NameOfField(new TypeIndex(0), 0));
        Assert.Equal("tab", names.NameOf(new TableIndex(0)));
        Assert.Equal("mem", names.NameOf(new MemoryIndex(0)));
        Assert.Equal("glob", names.NameOf(new GlobalIndex(0)));
        Assert.Equal("tag", names.NameOf(new TagIndex(0)));
        Assert.Equal("e", names.NameOf(new ElemIndex(0)));
        Assert.Equal("d", names.NameOf(new DataIndex(0)));
    }

    [Fact]
    public void A_branch_hint_is_at_the_offset_of_its_branch_from_the_declarations_of_locals()
    {
        ModuleDefinition module = Parse("(func (local i32 i64) (@metadata.code.branch_hint \"\\01\") (if (i32.const 7) (then)))");
        CustomSection hints = Assert.Single(module.CustomSections);
        Assert.Equal("metadata.code.branch_hint", hints.Name);
        Assert.Equal([1, 0, 1, /* 5 bytes of locals, 2 of i32.const */ 7, 1, 1], hints.Bytes.ToArray());
    }

    [Fact]
    public void A_module_may_be_given_as_strings()
    {
        Assert.Single(Parse("(module $m quote \"(module (fu\" \"nc))\")").Functions);
        Assert.Single(Parse("(module binary \"\\00asm\" \"\\01\\00\\00\\00\" \"\\05\\03\\01\\00\\01\")").Memories);
        Assert.Throws<MalformedModuleException>(() => Parse("(module binary \"\") (func)"));
    }

    [Fact]
    public void Text_is_recognised_by_not_being_binary()
    {
        Assert.True(ModuleParser.IsText("(module)"u8));
        Assert.False(ModuleParser.IsText("\0asm\u0001\0\0\0"u8));
        Assert.False(ModuleParser.IsText([]));
    }

    [Fact]
    public void An_engine_runs_what_it_is_given_as_text()
    {
        using var engine = new Engine();
        Module module = engine.CompileText("(module $calc (func (export \"add\") (param i32 i32) (result i32) (i32.add (local.get 0) (local.get 1))))");
        using var store = new Store(engine);
        Assert.Equal("calc", module.Name);
        Assert.Equal(5, new Linker(engine).Instantiate(store, module).Function("add").Invoke(2, 3)[0].AsInt32());
    }

    private static ModuleDefinition Parse(string text) => ModuleParser.Parse(text, features: WasmFeatures.All);

    private static List<string> Instructions(FuncDefinition function)
    {
        var instructions = new List<string>();
        var reader = new InstructionReader(function.Body.Bytes.Span, 0, WasmFeatures.All);
        while (reader.Read()) instructions.Add($"{OpcodeInfo.Mnemonic(reader.Opcode)} {reader.Index}");
        return instructions;
    }
}
