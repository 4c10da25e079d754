;; A linked list of numbers, reversed in place and added up: chasing and writing of references.
(module
  (type $cell (sub final (struct (field $value i32) (field $next (mut (ref null $cell))))))

  (func $make (param $count i32) (result (ref null $cell))
    (local $list (ref null $cell))
    (loop $again
      (local.set $list (struct.new $cell (local.get $count) (local.get $list)))
      (br_if $again (local.tee $count (i32.sub (local.get $count) (i32.const 1)))))
    (local.get $list))

  (func $reverse (param $list (ref null $cell)) (result (ref null $cell))
    (local $result (ref null $cell)) (local $next (ref null $cell))
    (block $done
      (loop $again
        (br_if $done (ref.is_null (local.get $list)))
        (local.set $next (struct.get $cell $next (local.get $list)))
        (struct.set $cell $next (local.get $list) (local.get $result))
        (local.set $result (local.get $list))
        (local.set $list (local.get $next))
        (br $again)))
    (local.get $result))

  (func $sum (param $list (ref null $cell)) (result i32)
    (local $sum i32)
    (block $done
      (loop $again
        (br_if $done (ref.is_null (local.get $list)))
        (local.set $sum (i32.add (i32.mul (local.get $sum) (i32.const 3)) (struct.get $cell $value (local.get $list))))
        (local.set $list (struct.get $cell $next (local.get $list)))
        (br $again)))
    (local.get $sum))

  (func (export "run") (param $n i32) (result i32)
    (local $list (ref null $cell)) (local $sum i32)
    (loop $again
      (local.set $list (call $reverse (call $make (i32.const 1000))))
      (local.set $sum (i32.add (local.get $sum) (call $sum (local.get $list))))
      (local.set $sum (i32.add (local.get $sum) (call $sum (call $reverse (local.get $list)))))
      (br_if $again (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))
    (local.get $sum)))
