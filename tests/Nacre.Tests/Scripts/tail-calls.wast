;; Calls that take the place of their caller.

(module $other
  (func (export "minus") (param i32 i32) (result i32) (i32.sub (local.get 0) (local.get 1))))
(register "other" $other)

(module
  (import "other" "minus" (func $minus (param i32 i32) (result i32)))
  (type $step (func (param i32 i64) (result i64)))
  (type $even (func (param i32) (result i32)))
  (table $t 5 funcref)
  (elem (table $t) (i32.const 0) func $ping $pong $even $minus)

  ;; One function alone.
  (func $sum (export "sum") (param $n i32) (param $sum i64) (result i64)
    (if (i32.eqz (local.get $n)) (then (return (local.get $sum))))
    (return_call $sum (i32.sub (local.get $n) (i32.const 1)) (i64.add (local.get $sum) (i64.extend_i32_u (local.get $n)))))

  ;; Two by turns.
  (func $even (export "even") (param i32) (result i32)
    (if (result i32) (i32.eqz (local.get 0)) (then (i32.const 1)) (else (return_call $odd (i32.sub (local.get 0) (i32.const 1))))))
  (func $odd (param i32) (result i32)
    (if (result i32) (i32.eqz (local.get 0)) (then (i32.const 0)) (else (return_call $even (i32.sub (local.get 0) (i32.const 1))))))

  ;; Three with different numbers of arguments and locals, so that frames grow and shrink.
  (func $one (export "grow-and-shrink") (param $n i32) (result i32)
    (if (i32.eqz (local.get $n)) (then (return (i32.const 111))))
    (return_call $two (i32.sub (local.get $n) (i32.const 1)) (i64.const 2)))
  (func $two (param $n i32) (param i64) (result i32) (local f64 f64 f64 v128)
    (if (i32.eqz (local.get $n)) (then (return (i32.const 222))))
    (if (i64.ne (local.get 1) (i64.const 2)) (then (unreachable)))
    (return_call $three (f32.const 1) (i32.sub (local.get $n) (i32.const 1)) (f64.const 2) (i64.const 3) (ref.i31 (i32.const 4)) (v128.const i32x4 1 2 3 4) (f32.const 5)))
  (func $three (param f32) (param $n i32) (param f64 i64 i31ref v128 f32) (result i32)
    (if (i32.eqz (local.get $n)) (then (return (i32.const 333))))
    (if (i32.ne (i31.get_u (local.get 4)) (i32.const 4)) (then (unreachable)))
    (if (i32.ne (i32x4.extract_lane 3 (local.get 5)) (i32.const 4)) (then (unreachable)))
    (return_call $one (i32.sub (local.get $n) (i32.const 1))))

  ;; Through a table and through a reference.
  (func $ping (export "ping") (param $n i32) (param $x i64) (result i64)
    (if (i32.eqz (local.get $n)) (then (return (local.get $x))))
    (return_call_indirect $t (type $step) (i32.sub (local.get $n) (i32.const 1)) (i64.add (local.get $x) (i64.const 3)) (i32.const 1)))
  (func $pong (param $n i32) (param $x i64) (result i64)
    (if (i32.eqz (local.get $n)) (then (return (i64.sub (i64.const 0) (local.get $x)))))
    (return_call_ref $step (i32.sub (local.get $n) (i32.const 1)) (i64.add (local.get $x) (i64.const 4)) (ref.func $ping)))
  (elem declare func $ping $pong)

  ;; Arguments that change places, which a parallel move has to get right.
  (func $turn (export "turn") (param $n i32) (param i32 i32 i32) (result i32 i32 i32)
    (if (i32.eqz (local.get $n)) (then (return (local.get 1) (local.get 2) (local.get 3))))
    (return_call $turn (i32.sub (local.get $n) (i32.const 1)) (local.get 3) (local.get 1) (local.get 2)))

  ;; To another instance and to a host function.
  (func (export "abroad") (param i32) (result i32) (return_call $minus (i32.const 50) (local.get 0)))
  (func (export "abroad-indirect") (param i32) (result i32) (return_call_indirect $t (param i32 i32) (result i32) (i32.const 60) (local.get 0) (i32.const 3)))

  ;; The caller of the caller goes on as after any call; its locals and stack are as they were.
  (func (export "comes-back") (param $x i32) (result i32)
    (local $y i32)
    (local.set $y (i32.const 1000))
    (i32.const 7)
    (call $one (local.get $x))
    (i32.add (local.get $y)) (i32.add (local.get $x)) (i32.add))

  ;; Out of blocks, with operands left behind.
  (func (export "from-blocks") (param i32) (result i32)
    (i32.const 1) (i64.const 2)
    (block (result f32)
      (loop (result f32)
        (f64.const 3)
        (if (i32.eqz (local.get 0)) (then (return_call $even (i32.const 10))))
        (drop) (f32.const 4)))
    (drop) (drop))

  (func (export "null") (result i64) (return_call_ref $step (i32.const 0) (i64.const 0) (ref.null $step)))
  (func (export "wrong-type") (result i64) (return_call_indirect $t (type $step) (i32.const 0) (i64.const 0) (i32.const 2)))
  (func (export "no-element") (result i64) (return_call_indirect $t (type $step) (i32.const 0) (i64.const 0) (i32.const 4)))
  (func (export "beyond") (result i64) (return_call_indirect $t (type $step) (i32.const 0) (i64.const 0) (i32.const 5)))

  ;; A tail call inside of a try_table leaves it: what the callee throws is not caught here.
  (tag $e (param i32))
  (func $throw (param i32) (result i32) (throw $e (local.get 0)))
  (func $leaves (param i32) (result i32)
    (block $h (result i32) (try_table (result i32) (catch $e $h) (return_call $throw (local.get 0)))) (i32.add (i32.const 1000)))
  (func (export "leaves-try") (param i32) (result i32)
    (block $h (result i32) (try_table (result i32) (catch $e $h) (call $leaves (local.get 0)))))
)
(assert_return (invoke "sum" (i32.const 0) (i64.const 5)) (i64.const 5))
(assert_return (invoke "sum" (i32.const 1000000) (i64.const 0)) (i64.const 500000500000))
(assert_return (invoke "even" (i32.const 1000000)) (i32.const 1))
(assert_return (invoke "even" (i32.const 1000001)) (i32.const 0))
(assert_return (invoke "grow-and-shrink" (i32.const 0)) (i32.const 111))
(assert_return (invoke "grow-and-shrink" (i32.const 1)) (i32.const 222))
(assert_return (invoke "grow-and-shrink" (i32.const 2)) (i32.const 333))
(assert_return (invoke "grow-and-shrink" (i32.const 1000000)) (i32.const 222))
(assert_return (invoke "ping" (i32.const 0) (i64.const 9)) (i64.const 9))
(assert_return (invoke "ping" (i32.const 1) (i64.const 9)) (i64.const -12))
(assert_return (invoke "ping" (i32.const 1000000) (i64.const 0)) (i64.const 3500000))
(assert_return (invoke "turn" (i32.const 1) (i32.const 1) (i32.const 2) (i32.const 3)) (i32.const 3) (i32.const 1) (i32.const 2))
(assert_return (invoke "turn" (i32.const 2) (i32.const 1) (i32.const 2) (i32.const 3)) (i32.const 2) (i32.const 3) (i32.const 1))
(assert_return (invoke "turn" (i32.const 1000000) (i32.const 1) (i32.const 2) (i32.const 3)) (i32.const 3) (i32.const 1) (i32.const 2))
(assert_return (invoke "abroad" (i32.const 8)) (i32.const 42))
(assert_return (invoke "abroad-indirect" (i32.const 8)) (i32.const 52))
(assert_return (invoke "comes-back" (i32.const 0)) (i32.const 1118))
(assert_return (invoke "comes-back" (i32.const 100000)) (i32.const 101229))
(assert_return (invoke "from-blocks" (i32.const 0)) (i32.const 1))
(assert_return (invoke "from-blocks" (i32.const 1)) (i32.const 1))
(assert_trap (invoke "null") "null function reference")
(assert_trap (invoke "wrong-type") "indirect call type mismatch")
(assert_trap (invoke "no-element") "uninitialized element")
(assert_trap (invoke "beyond") "undefined element")
(assert_return (invoke "leaves-try" (i32.const 5)) (i32.const 5))

(assert_invalid (module (func $f (result i64) (i64.const 0)) (func (result i32) (return_call $f))) "type mismatch")
(assert_invalid (module (func $f (param i32)) (func (return_call $f))) "type mismatch")
