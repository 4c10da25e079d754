;; lowered plainly
(module
  (tag $number (param i32))
  (func $throw (param i32) (throw $number (local.get 0)))
  (func $catch (param i32) (result i32)
    (block $caught (result i32)
      (try_table (catch $number $caught) (call $throw (local.get 0)))
      (i32.const -1)))
  (func $rethrow
    (block $caught (result exnref)
      (try_table (catch_all_ref $caught) (call $throw (i32.const 1)))
      (return))
    (throw_ref))
  (func $older (result i32)
    (try (result i32)
      (do (call $throw (i32.const 1)) (i32.const 0))
      (catch $number)
      (catch_all (i32.const 2))))
)
