namespace Nacre.Tests.Embedding;

/// <summary>A module whose functions, all <c>[i32] → [i32]</c>, come to everything that has to do with fuel.</summary>
internal static class FuelGuests
{
    public const string Text = """
        (module
          (type $unary (func (param i32) (result i32)))
          (type $bytes (array (mut i8)))
          (type $wide (struct (field i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32)))
          (import "env" "look" (func $look (type $unary)))
          (memory 1) (table $t 64 funcref) (elem (i32.const 0) $leaf $look $tail) (data $d "0123456789")
          (tag $e (param i32))
          (global $steps (export "steps") (mut i32) (i32.const 0))

          (func $step (global.set $steps (i32.add (global.get $steps) (i32.const 1))))
          (func $leaf (export "leaf") (type $unary) (call $step) (i32.add (local.get 0) (i32.const 1)))
          (func $locals (export "locals") (type $unary) (local i32 i64 f32 f64 i32 i64 f32 f64 i32 i64 f32 f64 i32 i64 f32 f64 v128)
            (call $step) (i32.add (local.get 0) (local.get 1)))

          (func $loops (export "loops") (type $unary) (local i32 i32)
            (block $out
              (loop $outer
                (br_if $out (i32.eqz (local.get 0)))
                (local.set 1 (i32.const 3))
                (loop $inner
                  (call $step)
                  (local.set 2 (i32.add (local.get 2) (local.get 1)))
                  (br_if $out (i32.gt_u (local.get 2) (i32.const 20)))
                  (block $next
                    (br_if $next (i32.and (local.get 2) (i32.const 1)))
                    (local.set 2 (i32.add (local.get 2) (i32.const 1)))
                    (br_if $next (i32.gt_u (local.get 2) (i32.const 8)))
                    (nop) (nop))
                  (br_if $inner (local.tee 1 (i32.sub (local.get 1) (i32.const 1)))))
                (local.set 0 (i32.sub (local.get 0) (i32.const 1)))
                (br $outer))
              (unreachable))
            (local.get 2))

          (func $arms (export "arms") (type $unary) (local i32)
            (loop $again
              (if (i32.and (local.get 0) (i32.const 1))
                (then (nop) (call $step) (local.set 1 (i32.add (local.get 1) (i32.const 5))))
                (else (local.set 1 (i32.mul (local.get 1) (i32.const 3)))))
              (if (i32.gt_u (local.get 1) (i32.const 4)) (then (call $step) (nop) (nop)))
              (local.set 1 (if (result i32) (i32.and (local.get 1) (i32.const 2))
                (then (i32.sub (local.get 1) (i32.const 1)))
                (else (if (i32.eq (local.get 0) (i32.const 2)) (then (return (local.get 1)))) (local.get 1))))
              (local.set 0 (i32.sub (local.get 0) (i32.const 1)))
              (br_if $again (i32.gt_s (local.get 0) (i32.const 0))))
            (local.get 1))

          (func $table (export "table") (type $unary) (local i32)
            (loop $again
              (call $step)
              (local.set 0 (i32.sub (local.get 0) (i32.const 1)))
              (block $c (block $b (block $a
                (br_table $a $b $again $c $b (local.get 0)))
                (local.set 1 (i32.add (local.get 1) (i32.const 1)))
                (br $again))
                (nop) (local.set 1 (i32.add (local.get 1) (i32.const 2)))
                (br_table $c $again (i32.gt_s (local.get 0) (i32.const -3))))
              (local.set 1 (i32.add (local.get 1) (i32.const 3)))
              (br_if $again (i32.lt_u (local.get 1) (i32.const 9))))
            (local.get 1))

          (func $fib (export "fib") (type $unary)
            (call $step)
            (if (result i32) (i32.lt_s (local.get 0) (i32.const 2))
              (then (local.get 0))
              (else (i32.add (call $fib (i32.sub (local.get 0) (i32.const 1))) (call $fib (i32.sub (local.get 0) (i32.const 2)))))))

          (func $indirect (export "indirect") (type $unary)
            (i32.add (call_indirect $t (type $unary) (local.get 0) (i32.const 0))
              (i32.add (call_indirect $t (type $unary) (local.get 0) (i32.const 1)) (call_indirect $t (type $unary) (local.get 0) (i32.const 2)))))

          (func $tail (export "tail") (type $unary)
            (call $step)
            (if (i32.eqz (local.get 0)) (then (return (i32.const 7))))
            (if (i32.eq (local.get 0) (i32.const 1)) (then (return_call $look (local.get 0))))
            (if (i32.eq (local.get 0) (i32.const 2))
              (then (return_call_indirect $t (type $unary) (i32.const 0) (i32.const 2))))
            (return_call $tail (i32.sub (local.get 0) (i32.const 1))))

          (func $host (export "host") (type $unary) (local i32)
            (loop $again
              (local.set 1 (i32.add (local.get 1) (call $look (local.get 0))))
              (br_if $again (i32.ge_s (local.tee 0 (i32.sub (local.get 0) (i32.const 1))) (i32.const 0))))
            (local.get 1))

          (func $throw (param i32) (call $step) (if (local.get 0) (then (throw $e (local.get 0)))))
          (func $throws (export "throws") (type $unary) (local i32)
            (loop $again
              (block $caught (result i32)
                (try_table (catch $e $caught)
                  (nop) (call $throw (local.get 0)) (call $step)
                  (throw $e (i32.const 9)))
                (unreachable))
              (local.set 1 (i32.add (local.get 1)))
              (block $all (try_table (catch_all $all) (br_if $all (i32.and (local.get 0) (i32.const 1))) (throw $e (i32.const 1))) (nop))
              (br_if $again (i32.ge_s (local.tee 0 (i32.sub (local.get 0) (i32.const 1))) (i32.const 0))))
            (local.get 1))
          (func $again (export "again") (type $unary)
            (loop $again
              (block $caught (result i32)
                (try_table (catch $e $caught)
                  (br_if $again (i32.gt_s (local.tee 0 (i32.sub (local.get 0) (i32.const 1))) (i32.const 0)))
                  (call $step))
                (return (local.get 0)))
              (drop))
            (local.get 0))
          (func (export "raise") (type $unary) (call $step) (throw $e (local.get 0)))
          (func $hosts (export "hosts") (type $unary)
            (block $caught (try_table (catch_all $caught) (return (call $look (i32.const -1)))))
            (call $step) (call $look (local.get 0)))

          (func $values (export "values") (type $unary) (local i32)
            (i32.const 1) (local.get 0)
            (loop $again (param i32 i32) (result i32 i32)
              (call $step)
              (local.set 1) (i32.const 2) (i32.mul)
              (i32.sub (local.get 1) (i32.const 1))
              (block $out (param i32 i32) (result i32 i32)
                (local.tee 1) (br_if $out (i32.eqz (local.get 1))) (br $again)))
            (i32.sub))

          (func $bulk (export "bulk") (type $unary) (local (ref null $bytes))
            (memory.fill (i32.const 100) (i32.const 1) (i32.mul (local.get 0) (i32.const 100)))
            (call $step)
            (memory.copy (i32.const 2000) (i32.const 100) (i32.mul (local.get 0) (i32.const 300)))
            (memory.init $d (i32.const 0) (i32.const 0) (local.get 0))
            (table.fill $t (i32.const 10) (ref.null func) (i32.mul (local.get 0) (i32.const 5)))
            (table.copy $t $t (i32.const 4) (i32.const 10) (i32.const 17))
            (drop (table.grow $t (ref.null func) (i32.const 20)))
            (local.set 1 (array.new $bytes (i32.const 1) (i32.const 70)))
            (array.fill $bytes (local.get 1) (i32.const 0) (i32.const 2) (i32.const 50))
            (array.copy $bytes $bytes (local.get 1) (i32.const 0) (local.get 1) (i32.const 0) (i32.mul (local.get 0) (i32.const 10)))
            (array.init_data $bytes $d (local.get 1) (i32.const 0) (i32.const 0) (i32.const 10))
            (drop (array.new_data $bytes $d (i32.const 0) (i32.const 9)))
            (drop (array.new_default $bytes (i32.const 1000)))
            (drop (struct.new_default $wide))
            (i32.load8_u (i32.const 2000)))
        )
        """;

    /// <summary>The same with the older instructions for exceptions.</summary>
    public const string Legacy = """
        (module
          (import "env" "look" (func $look (param i32) (result i32)))
          (tag $e (param i32))
          (global $steps (export "steps") (mut i32) (i32.const 0))
          (func $step (global.set $steps (i32.add (global.get $steps) (i32.const 1))))
          (func $throw (param i32) (call $step) (throw $e (local.get 0)))
          (func (export "legacy") (param i32) (result i32) (local i32)
            (loop $again
              (try
                (do (nop) (if (i32.and (local.get 0) (i32.const 1)) (then (call $throw (local.get 0)))) (call $step))
                (catch $e (local.set 1 (i32.add (local.get 1))) (nop))
                (catch_all (call $step)))
              (try $outer
                (do
                  (try (do (try (do (call $throw (local.get 0))) (delegate $outer))) (catch_all (unreachable)))
                  (nop))
                (catch $e (drop) (try (do (rethrow $outer)) (catch_all (call $step)))))
              (br_if $again (i32.gt_s (local.tee 0 (i32.sub (local.get 0) (i32.const 1))) (i32.const 0))))
            (local.get 1)))
        """;
}
