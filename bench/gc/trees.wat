;; Binary trees: allocation of small structures, recursion, reading of references.
(module
  (type $node (sub final (struct (field $left (ref null $node)) (field $right (ref null $node)))))

  (func $make (param $depth i32) (result (ref $node))
    (if (result (ref $node)) (i32.eqz (local.get $depth))
      (then (struct.new_default $node))
      (else
        (struct.new $node
          (call $make (i32.sub (local.get $depth) (i32.const 1)))
          (call $make (i32.sub (local.get $depth) (i32.const 1)))))))

  (func $count (param $node (ref $node)) (result i32)
    (if (result i32) (ref.is_null (struct.get $node $left (local.get $node)))
      (then (i32.const 1))
      (else
        (i32.add (i32.const 1)
          (i32.add
            (call $count (ref.as_non_null (struct.get $node $left (local.get $node))))
            (call $count (ref.as_non_null (struct.get $node $right (local.get $node)))))))))

  (func (export "run") (param $n i32) (result i32)
    (local $kept (ref $node)) (local $sum i32)
    (local.set $kept (call $make (i32.const 14)))
    (loop $again
      (local.set $sum (i32.add (local.get $sum) (call $count (call $make (i32.const 10)))))
      (br_if $again (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))
    (i32.add (local.get $sum) (call $count (local.get $kept)))))
