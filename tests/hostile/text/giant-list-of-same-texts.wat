;; A list of a million texts, all of which are the same megabyte.
(component
  (core module $guest
    (memory (export "memory") 272)
    ;; Fills the memory from 65536 on with pairs of an address and a length.
    (func $fill (local $at i32)
      (local.set $at (i32.const 65536))
      (loop $again
        (i64.store (local.get $at) (i64.const 0x00100000_01000000))
        (local.set $at (i32.add (local.get $at) (i32.const 8)))
        (br_if $again (i32.lt_u (local.get $at) (i32.const 16777216)))))
    (start $fill)
    (data (i32.const 16) "\00\00\01\00\00\e0\0f\00")
    (func (export "run") (result i32) (i32.const 16)))
  (core instance $guest (instantiate $guest))
  (func (export "run") (result (list string)) (canon lift (core func $guest "run") (memory (core memory $guest "memory")))))
