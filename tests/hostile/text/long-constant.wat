;; A variable that begins as the sum of very many ones.
(component
  (core module $guest
    (global i32 (i32.const 0) {sum})
    (func (export "run")))
  (core instance $guest (instantiate $guest))
  (func (export "run") (canon lift (core func $guest "run"))))
