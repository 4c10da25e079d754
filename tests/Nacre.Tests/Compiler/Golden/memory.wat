;; lowered explicitly
;; lowered guarded
(module
  (memory 1)
  (memory $second 1)
  (memory $large i64 1)
  (func $load (param i32) (result i32) (i32.load offset=4 (local.get 0)))
  (func $load_byte (param i32) (result i64) (i64.load8_u (local.get 0)))
  (func $load_low_half (param i32) (result i32) (i32.wrap_i64 (i64.load (local.get 0))))
  (func $store (param i32 f64) (f64.store offset=8 (local.get 0) (local.get 1)))
  (func $store_vector (param i32 v128) (v128.store (local.get 0) (local.get 1)))
  (func $load_of_second (param i32) (result i32) (i32.load $second (local.get 0)))
  (func $load_of_large (param i64) (result i32) (i32.load $large offset=16 (local.get 0)))
  (func $add_atomically (param i32 i32) (result i32) (i32.atomic.rmw.add (local.get 0) (local.get 1)))
  (func $grow (param i32) (result i32) (memory.grow (local.get 0)))
)
