;; Values carried over loops, and loops that a compiler likes to get wrong.

(module
  ;; Greatest common divisor; both numbers are parameters of the loop.
  (func (export "gcd") (param i64 i64) (result i64)
    (local $a i64) (local $b i64)
    (local.get 0) (local.get 1)
    (loop $next (param i64 i64) (result i64)
      (local.set $b) (local.set $a)
      (if (result i64) (i64.eqz (local.get $b))
        (then (local.get $a))
        (else (local.get $b) (i64.rem_u (local.get $a) (local.get $b)) (br $next)))))

  ;; Fibonacci by a loop that swaps what it carries.
  (func (export "fib") (param $n i32) (result i64)
    (i64.const 0) (i64.const 1)
    (loop $next (param i64 i64) (result i64 i64)
      (if (param i64 i64) (result i64 i64) (local.get $n)
        (then
          (call $step)
          (local.set $n (i32.sub (local.get $n) (i32.const 1)))
          (br $next))))
    (drop))
  (func $step (param i64 i64) (result i64 i64) (local.get 1) (i64.add (local.get 0) (local.get 1)))

  ;; Five values of five types rotate; each passes through the others' places only as itself.
  (func (export "five") (param $n i32) (result i32 i64 f32 f64 i32)
    (local $i i32) (local $a i32) (local $b i64) (local $c f32) (local $d f64) (local $e i32)
    (i32.const 1) (i64.const 2) (f32.const 3) (f64.const 4) (i32.const 5)
    (loop $next (param i32 i64 f32 f64 i32) (result i32 i64 f32 f64 i32)
      (local.set $e) (local.set $d) (local.set $c) (local.set $b) (local.set $a)
      (local.get $e)
      (i64.add (local.get $b) (i64.extend_i32_s (local.get $a)))
      (f32.mul (local.get $c) (f32.const 2))
      (f64.sub (local.get $d) (f64.const 0.5))
      (local.get $a)
      (br_if $next (i32.lt_s (local.tee $i (i32.add (local.get $i) (i32.const 1))) (local.get $n)))))

  ;; A parallel move in a circle: a, b, c -> b, c, a.
  (func (export "rotate") (param $n i32) (param $a i32) (param $b i32) (param $c i32) (result i32 i32 i32)
    (local $t i32)
    (loop $next
      (if (local.get $n)
        (then
          (local.get $b) (local.get $c) (local.get $a)
          (local.set $c) (local.set $b) (local.set $a)
          (local.set $n (i32.sub (local.get $n) (i32.const 1)))
          (br $next))))
    (local.get $a) (local.get $b) (local.get $c))

  ;; The same with the operands as parameters of the loop.
  (func (export "rotate-params") (param $n i32) (result i32 i32 i32)
    (local $x i32) (local $y i32) (local $z i32)
    (i32.const 1) (i32.const 2) (i32.const 3)
    (loop $next (param i32 i32 i32) (result i32 i32 i32)
      (local.set $z) (local.set $y) (local.set $x)
      (local.get $y) (local.get $z) (local.get $x)
      (br_if $next (local.tee $n (i32.sub (local.get $n) (i32.const 1))))))

  ;; A loop that is left by falling out, by br and by return.
  (func (export "ways-out") (param $way i32) (result i32)
    (local $n i32)
    (block $out
      (loop $next
        (local.set $n (i32.add (local.get $n) (i32.const 1)))
        (br_if $next (i32.lt_s (local.get $n) (i32.const 5)))
        (if (i32.eq (local.get $way) (i32.const 1)) (then (return (i32.const 111))))
        (br_if $out (i32.eq (local.get $way) (i32.const 2))))
      (return (i32.add (local.get $n) (i32.const 1000))))
    (i32.add (local.get $n) (i32.const 2000)))

  ;; Loops in loops; the inner one continues the outer one.
  (func (export "primes-below") (param $limit i32) (result i32)
    (local $candidate i32) (local $divisor i32) (local $count i32)
    (local.set $candidate (i32.const 1))
    (block $done
      (loop $outer
        (br_if $done (i32.ge_u (local.tee $candidate (i32.add (local.get $candidate) (i32.const 1))) (local.get $limit)))
        (local.set $divisor (i32.const 1))
        (block $prime
          (loop $inner
            (local.set $divisor (i32.add (local.get $divisor) (i32.const 1)))
            (br_if $prime (i32.gt_u (i32.mul (local.get $divisor) (local.get $divisor)) (local.get $candidate)))
            (br_if $outer (i32.eqz (i32.rem_u (local.get $candidate) (local.get $divisor))))
            (br $inner)))
        (local.set $count (i32.add (local.get $count) (i32.const 1)))
        (br $outer)))
    (local.get $count))

  ;; A loop that is entered again and again from an outer one, with a value on the stack all the time.
  (func (export "triangle-of-triangles") (param $n i32) (result i32)
    (local $i i32) (local $j i32)
    (i32.const 0)
    (block $done (param i32) (result i32)
      (loop $outer (param i32) (result i32)
        (br_if $done (i32.eq (local.get $i) (local.get $n)))
        (local.set $j (i32.const 0))
        (loop $inner (param i32) (result i32)
          (i32.add (local.get $j))
          (br_if $inner (i32.le_s (local.tee $j (i32.add (local.get $j) (i32.const 1))) (local.get $i))))
        (local.set $i (i32.add (local.get $i) (i32.const 1)))
        (br $outer))))

  ;; The state machine of a small interpreter: br_table in a loop, each case going back.
  (memory 1)
  (data (i32.const 0) "\00\05\01\03\02\02\00\04\01\02\03")   ;; a digit pair 5, add 3, times 2, a digit pair 4, add 2, halt
  (func (export "machine") (param $pc i32) (result i32)
    (local $a i32) (local $x i32)
    (loop $next
      (local.set $x (i32.load8_u offset=1 (local.get $pc)))
      (block $halt (block $mul (block $add (block $load
        (i32.load8_u (local.get $pc))
        (local.set $pc (i32.add (local.get $pc) (i32.const 2)))
        (br_table $load $add $mul $halt))
        (local.set $a (i32.add (i32.mul (local.get $a) (i32.const 100)) (local.get $x))) (br $next))
        (local.set $a (i32.add (local.get $a) (local.get $x))) (br $next))
        (local.set $a (i32.mul (local.get $a) (local.get $x))) (br $next)))
    (local.get $a))

  ;; Counting down to and through zero; unsigned and signed bounds.
  (func (export "count-u") (param $from i32) (param $to i32) (result i32)
    (local $n i32)
    (loop $l
      (local.set $n (i32.add (local.get $n) (i32.const 1)))
      (br_if $l (i32.ge_u (local.tee $from (i32.sub (local.get $from) (i32.const 1))) (local.get $to))))
    (local.get $n))
  (func (export "count-s") (param $from i32) (param $to i32) (result i32)
    (local $n i32)
    (loop $l
      (local.set $n (i32.add (local.get $n) (i32.const 1)))
      (br_if $l (i32.ge_s (local.tee $from (i32.sub (local.get $from) (i32.const 1))) (local.get $to))))
    (local.get $n))
  ;; A float as the counter: ten times 0.1 is not one.
  (func (export "tenths") (result i32 f64)
    (local $x f64) (local $n i32)
    (loop $l
      (local.set $x (f64.add (local.get $x) (f64.const 0.1)))
      (local.set $n (i32.add (local.get $n) (i32.const 1)))
      (br_if $l (f64.lt (local.get $x) (f64.const 1))))
    (local.get $n) (local.get $x))
  ;; Vectors over a loop.
  (func (export "vectors") (param $n i32) (result v128)
    (v128.const i32x4 1 2 3 4)
    (loop $l (param v128) (result v128)
      (i32x4.add (v128.const i32x4 1 10 100 1000))
      (br_if $l (local.tee $n (i32.sub (local.get $n) (i32.const 1))))))
  ;; References over a loop: a list grows at its head and is summed.
  (type $list (struct (field $value i32) (field $next (ref null $list))))
  (func (export "list") (param $n i32) (result i32)
    (local $l (ref null $list)) (local $sum i32)
    (ref.null $list)
    (loop $grow (param (ref null $list)) (result (ref null $list))
      (local.set $l)
      (struct.new $list (local.get $n) (local.get $l))
      (br_if $grow (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))
    (local.set $l)
    (block $end
      (loop $walk
        (br_on_null $end (local.get $l))
        (local.set $sum (i32.add (local.get $sum) (struct.get $list $value (local.get $l))))
        (local.set $l (struct.get $list $next))
        (br $walk)))
    (local.get $sum))
)
(assert_return (invoke "gcd" (i64.const 48) (i64.const 36)) (i64.const 12))
(assert_return (invoke "gcd" (i64.const 17) (i64.const 0)) (i64.const 17))
(assert_return (invoke "gcd" (i64.const 12345678912345) (i64.const 98765432198765)) (i64.const 5))
(assert_return (invoke "fib" (i32.const 0)) (i64.const 0))
(assert_return (invoke "fib" (i32.const 1)) (i64.const 1))
(assert_return (invoke "fib" (i32.const 50)) (i64.const 12586269025))
(assert_return (invoke "fib" (i32.const 90)) (i64.const 2880067194370816120))
(assert_return (invoke "five" (i32.const 1)) (i32.const 5) (i64.const 3) (f32.const 6) (f64.const 3.5) (i32.const 1))
(assert_return (invoke "five" (i32.const 2)) (i32.const 1) (i64.const 8) (f32.const 12) (f64.const 3) (i32.const 5))
(assert_return (invoke "five" (i32.const 7)) (i32.const 5) (i64.const 21) (f32.const 384) (f64.const 0.5) (i32.const 1))
(assert_return (invoke "rotate" (i32.const 0) (i32.const 1) (i32.const 2) (i32.const 3)) (i32.const 1) (i32.const 2) (i32.const 3))
(assert_return (invoke "rotate" (i32.const 1) (i32.const 1) (i32.const 2) (i32.const 3)) (i32.const 2) (i32.const 3) (i32.const 1))
(assert_return (invoke "rotate" (i32.const 100) (i32.const 1) (i32.const 2) (i32.const 3)) (i32.const 2) (i32.const 3) (i32.const 1))
(assert_return (invoke "rotate-params" (i32.const 1)) (i32.const 2) (i32.const 3) (i32.const 1))
(assert_return (invoke "rotate-params" (i32.const 2)) (i32.const 3) (i32.const 1) (i32.const 2))
(assert_return (invoke "rotate-params" (i32.const 300000)) (i32.const 1) (i32.const 2) (i32.const 3))
(assert_return (invoke "ways-out" (i32.const 0)) (i32.const 1005))
(assert_return (invoke "ways-out" (i32.const 1)) (i32.const 111))
(assert_return (invoke "ways-out" (i32.const 2)) (i32.const 2005))
(assert_return (invoke "primes-below" (i32.const 2)) (i32.const 0))
(assert_return (invoke "primes-below" (i32.const 100)) (i32.const 25))
(assert_return (invoke "primes-below" (i32.const 10000)) (i32.const 1229))
(assert_return (invoke "triangle-of-triangles" (i32.const 0)) (i32.const 0))
(assert_return (invoke "triangle-of-triangles" (i32.const 4)) (i32.const 10))
(assert_return (invoke "triangle-of-triangles" (i32.const 100)) (i32.const 166650))
(assert_return (invoke "machine" (i32.const 0)) (i32.const 1606))
(assert_return (invoke "machine" (i32.const 6)) (i32.const 6))
(assert_return (invoke "machine" (i32.const 10)) (i32.const 0))
(assert_return (invoke "count-u" (i32.const 5) (i32.const 1)) (i32.const 5))
(assert_return (invoke "count-u" (i32.const 0) (i32.const -3)) (i32.const 4))
(assert_return (invoke "count-s" (i32.const 2) (i32.const -2)) (i32.const 5))
(assert_return (invoke "count-s" (i32.const 0) (i32.const 5)) (i32.const 1))
(assert_return (invoke "tenths") (i32.const 11) (f64.const 1.0999999999999999))
(assert_return (invoke "vectors" (i32.const 1)) (v128.const i32x4 2 12 103 1004))
(assert_return (invoke "vectors" (i32.const 1000)) (v128.const i32x4 1001 10002 100003 1000004))
(assert_return (invoke "list" (i32.const 1)) (i32.const 1))
(assert_return (invoke "list" (i32.const 10000)) (i32.const 50005000))
