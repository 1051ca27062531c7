;; Lists of lists of lists, all of which are the same lists.
(component
  (core module $guest
    (memory (export "memory") 256)
    ;; Fills the memory from 65536 on with pairs of an address and a length.
    (func $fill (local $at i32)
      (local.set $at (i32.const 65536))
      (loop $again
        (i64.store (local.get $at) (i64.const 0x000fe000_00010000))
        (local.set $at (i32.add (local.get $at) (i32.const 8)))
        (br_if $again (i32.lt_u (local.get $at) (i32.const 16777216)))))
    (start $fill)
    (data (i32.const 16) "\00\00\01\00\00\e0\0f\00")
    (func (export "run") (result i32) (i32.const 16)))
  (core instance $guest (instantiate $guest))
  (func (export "run") (result (list (list (list (list u8))))) (canon lift (core func $guest "run") (memory (core memory $guest "memory")))))
