(module $everything
  (type $unary (;0;) (func (param i32) (result i32)))
  (rec
    (type $node (;1;) (sub (struct (field $key (mut i32)) (field $next (ref null $node)) (field i8))))
    (type $leaf (;2;) (sub final $node (struct (field $key (mut i32)) (field $next (ref null $node)) (field i8) (field $weight f64)))))
  (type $bytes (;3;) (array (mut i8)))
  (type (;4;) (func (param i32 i32)))
  (type (;5;) (func (param i32 i64)))
  (type (;6;) (func))
  (type (;7;) (func (param i32 f32) (result i32 i64)))
  (type (;8;) (func (result i32 i64)))
  (import "env" "log" (func $log (;0;) (type 4) (param i32 i32)))
  (import "env" "table" (table $shared (;0;) 1 10 funcref))
  (import "env" "memory" (memory (;0;) 1 4 shared))
  (import "env" "base" (global $base (;0;) i32))
  (import "env" "oops" (tag $oops (;0;) (type 5) (param i32 i64)))
  (table $handlers (;1;) i64 2 (ref null $unary))
  (memory $big (;1;) i64 1 65536)
  (memory $small (;2;) 100 200 (pagesize 1))
  (tag $done (;1;) (type 6))
  (global $count (;1;) (mut i64) (i64.const -1))
  (global $pi (;2;) f64 (f64.const 3.141592653589793))
  (global $nan (;3;) (mut f32) (f32.const -nan:0x1234))
  (global $first (;4;) (ref $node) (i32.const 1) (ref.null $node) (i32.const 2) (struct.new $node))
  (export "main" (func $main))
  (export "with \"quotes\" and \u{0}" (memory $big))
  (start $start)
  (elem $funcs (;0;) func $twice $main)
  (elem (;1;) (offset (global.get $base) (i32.const 1) (i32.add)) funcref (ref.func $twice) (ref.null func))
  (elem (;2;) declare func $start)
  (func $start (;1;) (type 6))
  (func $twice (;2;) (type $unary) (param i32) (result i32)
    local.get 0
    i32.const 2
    i32.mul)
  (func $main (;3;) (type 7) (param $n i32) (param $x f32) (result i32 i64)
    (local $i i32) (local i64 i64) (local $r (ref null $node))
    block $out (type 8)
      loop $again (result i32)
        local.get $i
        local.get $n
        i32.lt_u
        br_if $again
        i32.const 7
        local.tee $i
        br_table $again $again $again
      end
      local.get $n
      if $c (type $unary)
        i32.const 1
        br $c
      else
        drop
        i32.const -1
      end
      local.get $i
      i64.load offset=8 align=4
      i64.const 0
      i64.const 5
      i64.store8 $big offset=4294967296
      i32.const 0
      i64.const 0
      i32.const 1
      memory.copy $small $big
      i32.const 0
      i32.const 0
      i32.const 1
      memory.init $small $hello
      i32.const 1
      i32.const 0
      call_indirect (type $unary)
      drop
      i32.const 3
      i64.const 0
      table.get $handlers
      call_ref $unary
      drop
      ref.func $twice
      ref.null func
      i32.const 1
      select (result funcref)
      drop
      v128.const i32x4 0x00000001 0x00000002 0x00000003 0x00000004
      v128.const i32x4 0x00000000 0x3ff00000 0x00000000 0xfff00000
      i8x16.shuffle 0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 31
      drop
      i32.const 0
      i32.const 1
      i32.atomic.rmw8.add_u offset=3
      drop
      global.get $first
      i32.const 9
      struct.set $node $key
      global.get $first
      struct.get_u $node 2
      drop
      i32.const 1
      i32.const 2
      i32.const 3
      array.new_fixed $bytes 3
      drop
      global.get $first
      ref.cast (ref $leaf)
      drop
      block $is (result structref)
        local.get $r
        br_on_cast $is structref (ref null $leaf)
      end
      drop
      block $caught (type 8)
        try_table (;@6;) (catch $oops $caught) (catch_all $out)
          throw $done
        end
        unreachable
      end
      drop
      drop
      local.get $n
      (@metadata.code.branch_hint "\01") if (;@7;)
        i32.const 1
        f32.const 0.1
        return_call $main
      end
      i32.const 1
      i64.const 2
    end)
  (data $hello (;0;) "hello\0a\e2\98\83\ff")
  (data (;1;) (memory $big) (i64.const 16) "\00\01")
  (@custom "note" (after func) "kept"))
