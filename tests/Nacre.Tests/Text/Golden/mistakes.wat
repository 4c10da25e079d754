(module
  (func $f (call $g)))
;;§
(module
  (func $f (param i32) (result i32)
    local.get 0
    i64.const 1
    i32.add))
;;§
(module
	(func (i32.const 1) (i32.ad)))
;;§
(module (func (f32.const nan:0x800000) drop))
;;§
(module (func (i32.const 4294967296) drop))
;;§
(module (func block $outer block $inner end $outer end))
;;§
(module (memory 1) (func (drop (i32.load align=3 (i32.const 0)))))
;;§
(module (memory 1) (func (drop (i32.load align=8 (i32.const 0)))))
;;§
(module (import "a" "\ff" (func)))
;;§
(module (func (export "a")) (func (export "a")))
;;§
(module (func $f) (func $f))
;;§
(module (type $t (struct (field $x i32))) (func (param (ref $t)) (struct.set $t $x (local.get 0) (i32.const 1))))
;;§
(module (global i32
  (i32.ctz (i32.const 1))))
;;§
(module (func) (elem (i32.const 0) $nobody))
;;§
(module (func (if (i32.const 1))))
;;§
(module (func "never closed
;;§
(module (func) (; never closed
;;§
(module (func (br 3)))
;;§
(module (func (local.set $x (i32.const 1))))
;;§
(module (type $a (func (param i32))) (func (type $a) (param i64)))
;;§
(module (tag $e (param i32)) (func (block $h (try_table (catch $e $h)))))
;;§
(module (type $s (sub (struct))) (type $t (sub $s (array i8))))
;;§
(module (memory 70000))
;;§
(func (drop (v128.const i32x4 1 2 3)))
