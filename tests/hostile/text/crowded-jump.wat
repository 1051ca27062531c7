;; Jumps by a table to one of five thousand places, nested in each other.
(component
  (core module $guest
    (func $jump (param i32) {begins} (br_table {targets} (local.get 0)) {ends})
    (func (export "run") (call $jump (i32.const 7))))
  (core instance $guest (instantiate $guest))
  (func (export "run") (canon lift (core func $guest "run"))))
