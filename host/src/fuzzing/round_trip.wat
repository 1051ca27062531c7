;; The guest of the target `round_trip`: everything travels through its memory, and it looks at nothing.
(module
  (memory (export "memory") 4)
  ;; Below lies what the fuzzer writes, above what is allocated.
  (global $end (mut i32) (i32.const 65536))
  (func $realloc (export "cabi_realloc") (param $old i32) (param $old-size i32) (param i32) (param $size i32)
    (result i32)
    (local $at i32)
    (local.set $at (i32.and (i32.add (global.get $end) (i32.const 7)) (i32.const -8)))
    (global.set $end (i32.add (local.get $at) (local.get $size)))
    (block $enough
      (br_if $enough (i32.le_u (global.get $end) (i32.mul (memory.size) (i32.const 65536))))
      (drop (memory.grow (i32.add (i32.shr_u (local.get $size) (i32.const 16)) (i32.const 1)))))
    ;; wasmtime begins a string in Latin-1, and asks for more room where UTF-16 is needed.
    (memory.copy (local.get $at) (local.get $old)
      (select (local.get $old-size) (local.get $size) (i32.lt_u (local.get $old-size) (local.get $size))))
    (local.get $at))
  (func (export "fuzz:palette/api#give") (param i32) (result i32) (local.get 0))
  (func (export "fuzz:palette/api#take") (param i32) (result i32) (local.get 0))
  (func (export "fuzz:palette/api#poke") (param $at i32) (param $bytes i32) (param $length i32)
    (memory.copy (local.get $at) (local.get $bytes) (local.get $length)))
  ;; The result at 16: address 0, and all up to the end.
  (func (export "fuzz:palette/api#peek") (result i32)
    (i32.store (i32.const 16) (i32.const 0))
    (i32.store (i32.const 20) (global.get $end))
    (i32.const 16)))
