;; Particles with positions and speeds: reading and writing of floats in structures that an array refers to.
(module
  (type $particle (sub final (struct
    (field $x (mut f64)) (field $y (mut f64)) (field $z (mut f64))
    (field $vx (mut f64)) (field $vy (mut f64)) (field $vz (mut f64)))))
  (type $particles (array (mut (ref null $particle))))

  (func $make (param $count i32) (result (ref $particles))
    (local $all (ref $particles)) (local $i i32) (local $f f64)
    (local.set $all (array.new_default $particles (local.get $count)))
    (loop $again
      (local.set $f (f64.convert_i32_s (local.get $i)))
      (array.set $particles (local.get $all) (local.get $i)
        (struct.new $particle
          (local.get $f) (f64.const 1) (f64.neg (local.get $f))
          (f64.const 0.25) (f64.div (local.get $f) (f64.const 8)) (f64.const -0.5)))
      (br_if $again (i32.lt_s (local.tee $i (i32.add (local.get $i) (i32.const 1))) (local.get $count))))
    (local.get $all))

  (func $step (param $all (ref $particles)) (param $dt f64)
    (local $i i32) (local $p (ref null $particle))
    (block $done
      (loop $again
        (br_if $done (i32.ge_u (local.get $i) (array.len (local.get $all))))
        (local.set $p (array.get $particles (local.get $all) (local.get $i)))
        (struct.set $particle $x (local.get $p)
          (f64.add (struct.get $particle $x (local.get $p)) (f64.mul (local.get $dt) (struct.get $particle $vx (local.get $p)))))
        (struct.set $particle $y (local.get $p)
          (f64.add (struct.get $particle $y (local.get $p)) (f64.mul (local.get $dt) (struct.get $particle $vy (local.get $p)))))
        (struct.set $particle $z (local.get $p)
          (f64.add (struct.get $particle $z (local.get $p)) (f64.mul (local.get $dt) (struct.get $particle $vz (local.get $p)))))
        (local.set $i (i32.add (local.get $i) (i32.const 1)))
        (br $again))))

  (func (export "run") (param $n i32) (result i32)
    (local $all (ref $particles)) (local $i i32) (local $sum f64) (local $p (ref null $particle))
    (local.set $all (call $make (i32.const 1000)))
    (loop $again
      (call $step (local.get $all) (f64.const 0.125))
      (br_if $again (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))
    (loop $add
      (local.set $p (array.get $particles (local.get $all) (local.get $i)))
      (local.set $sum (f64.add (local.get $sum)
        (f64.add (struct.get $particle $x (local.get $p)) (f64.add (struct.get $particle $y (local.get $p)) (struct.get $particle $z (local.get $p))))))
      (br_if $add (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 1))) (array.len (local.get $all)))))
    (i32.trunc_sat_f64_s (local.get $sum))))
