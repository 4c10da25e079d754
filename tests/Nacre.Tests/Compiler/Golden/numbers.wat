;; lowered plainly
(module
  (func $add (param i32 i32) (result i32) (i32.add (local.get 0) (local.get 1)))
  (func $divide (param i32 i32) (result i32) (i32.div_s (local.get 0) (local.get 1)))
  (func $divide_by_ten (param i32) (result i32) (i32.div_u (local.get 0) (i32.const 10)))
  (func $shift (param i64 i64) (result i64) (i64.shr_u (local.get 0) (local.get 1)))
  (func $at_most (param f64 f64) (result i32) (f64.le (local.get 0) (local.get 1)))
  (func $add_zero (param f32) (result f32) (f32.add (local.get 0) (f32.const -0)))
  (func $not_a_number (result f64) (f64.const nan:0x4))
  (func $truncate (param f64) (result i32) (i32.trunc_sat_f64_s (local.get 0)))
  (func $lanes (param v128) (result v128) (i32x4.add (local.get 0) (v128.const i32x4 2 3 4 5)))
  (func $wide (param i64 i64) (result i64 i64) (i64.mul_wide_u (local.get 0) (local.get 1)))
)
