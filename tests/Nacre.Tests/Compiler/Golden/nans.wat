;; lowered plainly
;; lowered with canonical NaNs
(module
  (func $divide (param f32 f32) (result f32) (f32.div (local.get 0) (local.get 1)))
  (func $negate (param f64) (result f64) (f64.neg (local.get 0)))
  (func $root (param v128) (result v128) (f64x2.sqrt (local.get 0)))
)
