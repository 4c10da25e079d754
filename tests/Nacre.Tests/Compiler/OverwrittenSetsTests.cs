using System.Text;
using Nacre.Binary;
using Nacre.Compiler;
using Nacre.Syntax;
using Nacre.Text;

namespace Nacre.Tests.Compiler;

public class OverwrittenSetsTests
{
    [Fact]
    public void What_is_set_again_is_overwritten()
        => Assert.Equal([0, 1, 2], Overwritten("(local.set 0 (i32.const 1)) (local.set 1 (local.tee 0 (i32.const 2))) (call 0 (local.get 0)) (local.set 1 (local.get 0)) (local.set 0 (local.get 1))"));

    [Fact]
    public void A_set_of_another_local_overwrites_nothing()
        => Assert.Empty(Overwritten("(local.set 0 (i32.const 1)) (local.set 1 (i32.const 2))"));

    // One instruction that divides control, or where it meets, stands between the two.
    [Theory]
    [InlineData("{0} (block {0})")]
    [InlineData("{0} (loop {0})")]
    [InlineData("(local.get 0) {0} (if (then {0}))")]
    [InlineData("(if (local.get 0) (then {0}) (else {0}))")]
    [InlineData("(block {0}) {0}")]
    [InlineData("(block {0} (br 0) {0})")]
    [InlineData("(block (local.get 0) {0} (br_if 0) {0})")]
    [InlineData("(block (local.get 0) {0} (br_table 0 0) {0})")]
    [InlineData("(block (local.get 2) {0} (br_on_null 0) {0} drop)")]
    [InlineData("(drop (block (result (ref func)) (local.get 2) {0} (br_on_non_null 0) {0} unreachable))")]
    [InlineData("(drop (block (result funcref) (local.get 2) {0} (br_on_cast 0 funcref nullfuncref) {0}))")]
    [InlineData("(drop (block (result funcref) (local.get 2) {0} (br_on_cast_fail 0 funcref nullfuncref) {0}))")]
    [InlineData("(block {0} (try_table (catch_all 0) {0}))")]
    [InlineData("{0} (try (do {0}) (catch_all))")]
    [InlineData("(try (do {0}) (catch 0 {0}))")]
    [InlineData("(try (do) (catch 0 {0}) (catch_all {0}))")]
    [InlineData("(try (do (try (do {0}) (delegate 0)) {0}) (catch_all))")]
    [InlineData("{0} (return) {0}")]
    [InlineData("{0} (unreachable) {0}")]
    [InlineData("{0} (throw 0) {0}")]
    public void What_is_set_before_control_can_go_elsewhere_stays(string body)
        => Assert.Empty(Overwritten(body.Replace("{0}", "(local.set 1 (i32.const 7))", StringComparison.Ordinal)));

    // The numbers of sets and tees that are overwritten, in the order in which they stand.
    private static IEnumerable<int> Overwritten(string body)
    {
        string module = $"(module (tag) (func (param i32) (local i32 funcref) {body}))";
        Expr code = ModuleParser.Parse(Encoding.UTF8.GetBytes(module), "", WasmFeatures.All).Functions[0].Body;
        var sets = new List<int>();
        var reader = new InstructionReader(code.Bytes.Span, 100, WasmFeatures.All);
        while (reader.Read())
            if (reader.Opcode is Opcode.LocalSet or Opcode.LocalTee) sets.Add(reader.ByteOffset);
        return OverwrittenSets.In(code.Bytes.Span, 100).Select(offset => sets.IndexOf(offset)).Order();
    }
}
