;; lowered plainly
(module
  (global $count (mut i32) (i32.const 0))
  (global $sum (mut f64) (f64.const 0))
  (global $object (mut externref) (ref.null extern))
  (func $next (result i32)
    (global.set $count (i32.add (global.get $count) (i32.const 1)))
    (global.get $count))
  (func $set_sum (param f64) (global.set $sum (local.get 0)))
  (func $exchange (param externref) (result externref) (global.get $object) (global.set $object (local.get 0)))
)
