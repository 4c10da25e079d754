;; RyuJIT folds comparisons of a vector with itself when its lanes are constants: a NaN that arithmetic made of constants was lost.
(module
 (func (export "a") (param i32) (result f32) (f32.max (f32.const 0) (f32x4.extract_lane 3 (v128.const i32x4 0 0 0 0x7fefffff))))
 (func (export "b") (param i32) (result f32) (f32.max (f32.const 0) (f32.add (f32.const 596) (f32.reinterpret_i32 (i32.const -32768)))))
 (func (export "c") (param i32) (result f32) (f32.min (f32.const 0) (f32x4.extract_lane 3 (v128.const i32x4 0 0 0 0x7fefffff))))
 (func (export "d") (param i32) (result f64) (f64.max (f64.const 0) (f64x2.extract_lane 1 (v128.const i32x4 0 0 0 0x7fffffff))))
 (func (export "e") (param i32) (result f64) (f64.min (f64x2.extract_lane 1 (v128.const i32x4 0 0 0 0x7fffffff)) (f64.const 0) ))
 (func (export "f") (param f32) (result f32) (f32.max (f32.const 0) (local.get 0)))
 (func (export "g") (param i32) (result f32) (f32.max (f32.const 0) (f32.const nan)))
)
