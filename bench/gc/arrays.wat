;; Arrays of numbers and bytes: filling, copying, adding up.
(module
  (type $numbers (array (mut i32)))
  (type $bytes (array (mut i8)))

  (func $fill (param $array (ref $numbers)) (param $seed i32)
    (local $i i32)
    (loop $again
      (local.set $seed (i32.add (i32.mul (local.get $seed) (i32.const 1664525)) (i32.const 1013904223)))
      (array.set $numbers (local.get $array) (local.get $i) (local.get $seed))
      (br_if $again (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 1))) (array.len (local.get $array))))))

  (func $sum (param $array (ref $numbers)) (result i32)
    (local $i i32) (local $sum i32)
    (loop $again
      (local.set $sum (i32.add (local.get $sum) (array.get $numbers (local.get $array) (local.get $i))))
      (br_if $again (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 1))) (array.len (local.get $array)))))
    (local.get $sum))

  (func $narrow (param $from (ref $numbers)) (param $to (ref $bytes)) (result i32)
    (local $i i32) (local $sum i32)
    (loop $again
      (array.set $bytes (local.get $to) (local.get $i) (i32.shr_u (array.get $numbers (local.get $from) (local.get $i)) (i32.const 13)))
      (local.set $sum (i32.add (local.get $sum) (array.get_s $bytes (local.get $to) (local.get $i))))
      (br_if $again (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 1))) (array.len (local.get $from)))))
    (local.get $sum))

  (func (export "run") (param $n i32) (result i32)
    (local $a (ref $numbers)) (local $b (ref $numbers)) (local $bytes (ref $bytes)) (local $sum i32)
    (local.set $a (array.new_default $numbers (i32.const 10000)))
    (local.set $b (array.new $numbers (i32.const 1) (i32.const 10000)))
    (local.set $bytes (array.new_default $bytes (i32.const 10000)))
    (loop $again
      (call $fill (local.get $a) (local.get $n))
      (array.copy $numbers $numbers (local.get $b) (i32.const 0) (local.get $a) (i32.const 5000) (i32.const 5000))
      (local.set $sum (i32.add (local.get $sum) (i32.add (call $sum (local.get $a)) (call $sum (local.get $b)))))
      (local.set $sum (i32.add (local.get $sum) (call $narrow (local.get $b) (local.get $bytes))))
      (br_if $again (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))
    (local.get $sum)))
