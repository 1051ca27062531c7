;; A guest with two resources, whose functions do with a handle of the test's choice what must not be done with it.
;; CanonicalABI.md, "canon resource.drop", "canon resource.rep" and "Lifting" of `own` and `borrow`: a handle must be in
;; the instance's table, of the type that is meant, and not lent.
(component
  (core module $destructors
    (func (export "drop") (param i32))
    (func (export "trap") (param i32) unreachable))
  (core instance $destructors (instantiate $destructors))
  (type $counter (resource (rep i32) (dtor (core func $destructors "drop"))))
  (type $other (resource (rep i32) (dtor (core func $destructors "trap"))))

  (core func $new-counter (canon resource.new $counter))
  (core func $new-other (canon resource.new $other))
  (core func $rep-counter (canon resource.rep $counter))
  (core func $drop-counter (canon resource.drop $counter))
  (core func $drop-other (canon resource.drop $other))
  (core module $guest
    (memory (export "memory") 32)
    ;; At 65536 a list of 100,000 lists, all of which are one list at 0x100000 of 100,000 options that hold no handle.
    (func $fill (local $at i32)
      (local.set $at (i32.const 865536))
      (loop $again
        (local.set $at (i32.sub (local.get $at) (i32.const 8)))
        (i64.store (local.get $at) (i64.const 0x000186a0_00100000))
        (br_if $again (i32.gt_u (local.get $at) (i32.const 65536)))))
    (start $fill)
    (data (i32.const 16) "\00\00\01\00\a0\86\01\00")
    (func (export "many") (result i32) (i32.const 16))
    (func (export "identity") (param i32) (result i32) (local.get 0))
    (func (export "nothing") (param i32)))
  (core instance $guest (instantiate $guest))

  ;; The intrinsics themselves: handles are numbers for the test.
  (func (export "new-counter") (param "rep" u32) (result u32) (canon lift (core func $new-counter)))
  (func (export "new-other") (param "rep" u32) (result u32) (canon lift (core func $new-other)))
  (func (export "rep-counter") (param "handle" u32) (result u32) (canon lift (core func $rep-counter)))
  (func (export "drop-counter") (param "handle" u32) (canon lift (core func $drop-counter)))
  (func (export "drop-other") (param "handle" u32) (canon lift (core func $drop-other)))

  ;; What the host gets: a handle of the test's choice.
  (func $give (param "handle" u32) (result (own $counter)) (canon lift (core func $guest "identity")))
  (func $give-other (param "handle" u32) (result (own $other)) (canon lift (core func $guest "identity")))
  (func $many (result (list (list (option (own $counter)))))
    (canon lift (core func $guest "many") (memory (core memory $guest "memory"))))
  (func $take (param "counter" (own $counter)) (canon lift (core func $guest "nothing")))
  (func $lend (param "counter" (borrow $counter)) (canon lift (core func $guest "nothing")))
  (instance $counters
    (export "counter" (type $counter))
    (export "give" (func $give))
    (export "other" (type $other))
    (export "give-other" (func $give-other))
    (export "many" (func $many))
    (export "take" (func $take))
    (export "lend" (func $lend)))
  (export "test:malformed/counters" (instance $counters)))
