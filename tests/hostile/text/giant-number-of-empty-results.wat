;; A list of sixty million results without content.
(component
  (core module $guest
    (memory (export "memory") 1000)
    (data (i32.const 16) "\00\00\00\00\00\87\93\03")
    (func (export "run") (result i32) (i32.const 16)))
  (core instance $guest (instantiate $guest))
  (func (export "run") (result (list (result))) (canon lift (core func $guest "run") (memory (core memory $guest "memory")))))
