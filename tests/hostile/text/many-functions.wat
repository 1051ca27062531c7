;; Very many functions.
(component
  (core module $guest (func (export "run")) {functions})
  (core instance $guest (instantiate $guest))
  (func (export "run") (canon lift (core func $guest "run"))))
