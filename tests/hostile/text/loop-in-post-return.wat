;; Runs for ever after the host has read the result.
(component
  (core module $guest
    (memory (export "memory") 1)
    (func (export "run") (result i32) (i32.const 16))
    (func (export "after") (param i32) (loop (br 0))))
  (core instance $guest (instantiate $guest))
  (func (export "run") (result string)
    (canon lift (core func $guest "run") (memory (core memory $guest "memory")) (post-return (core func $guest "after")))))
