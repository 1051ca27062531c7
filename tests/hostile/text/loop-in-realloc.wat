;; Runs for ever when the host asks for room for an argument.
(component
  (core module $guest
    (memory (export "memory") 1)
    (func (export "realloc") (param i32 i32 i32 i32) (result i32) (loop (br 0)) unreachable)
    (func (export "run") (param i32 i32)))
  (core instance $guest (instantiate $guest))
  (func (export "run") (param "text" string)
    (canon lift (core func $guest "run") (memory (core memory $guest "memory")) (realloc (core func $guest "realloc")))))
