;; A list of sixty million records of a byte.
(component
  (core module $guest
    (memory (export "memory") 1000)
    (data (i32.const 16) "\00\00\00\00\80\c3\c9\01")
    (func (export "run") (result i32) (i32.const 16)))
  (core instance $guest (instantiate $guest))
  (func (export "run") (result (list (tuple u8 (tuple u8)))) (canon lift (core func $guest "run") (memory (core memory $guest "memory")))))
