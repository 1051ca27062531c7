;; Asks for a memory of 64-bit addresses to grow to 2^60 bytes.
(component
  (core module $guest
    (memory i64 1)
    (func (export "run") (if (i64.eq (memory.grow (i64.const 17592186044416)) (i64.const -1)) (then unreachable))))
  (core instance $guest (instantiate $guest))
  (func (export "run") (canon lift (core func $guest "run"))))
