;; A guest whose results refer to the same bytes many times, or take far more room in Python than in its memory. Every
;; value of it is sound by CanonicalABI.md: only the host's own limit stops it.
(component
  (type $access' (flags {flags}))
  (import "access" (type $access (eq $access')))
  (core module $guest
    (memory (export "memory") {pages})
    ;; The result: {length} elements at 65536, which come from a segment, as often as it takes.
    (func $fill (local $at i32)
      (local.set $at (i32.const 65536))
      (loop $again
        (memory.init $elements (local.get $at) (i32.const 0) (i32.const {size}))
        (local.set $at (i32.add (local.get $at) (i32.const {size})))
        (br_if $again (i32.lt_u (local.get $at) (i32.const {end})))))
    (start $fill)
    (data $elements "{elements}")
    (data (i32.const 16) "\00\00\01\00{length}")
    (func (export "run") (result i32) (i32.const 16)))
  (core instance $guest (instantiate $guest))
  (func (export "run") (result {type}) (canon lift (core func $guest "run") (memory (core memory $guest "memory")))))
