;; A list that is said to have four billion elements.
(component
  (core module $guest
    (memory (export "memory") 1)
    (data (i32.const 16) "\00\00\00\00\ff\ff\ff\ff")
    (func (export "run") (result i32) (i32.const 16)))
  (core instance $guest (instantiate $guest))
  (func (export "run") (result (list u64)) (canon lift (core func $guest "run") (memory (core memory $guest "memory")))))
