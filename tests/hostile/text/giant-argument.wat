;; Calls a function of the host with a list of a million texts, all of which are the same megabyte.
(component
  (import "take" (func $take (param "value" (list string))))
  (core module $memory
    (memory (export "memory") 272)
    (func $fill (local $at i32)
      (local.set $at (i32.const 65536))
      (loop $again
        (i64.store (local.get $at) (i64.const 0x00100000_01000000))
        (local.set $at (i32.add (local.get $at) (i32.const 8)))
        (br_if $again (i32.lt_u (local.get $at) (i32.const 16777216)))))
    (start $fill))
  (core instance $memory (instantiate $memory))
  (core func $take (canon lower (func $take) (memory (core memory $memory "memory"))))
  (core module $guest
    (import "host" "take" (func $take (param i32 i32)))
    (func (export "run") (call $take (i32.const 65536) (i32.const 1040384))))
  (core instance $guest (instantiate $guest (with "host" (instance (export "take" (func $take))))))
  (func (export "run") (canon lift (core func $guest "run"))))
