;; A name that is longer than names may be.
(component
  (core module $guest (func (export "run")))
  (core instance $guest (instantiate $guest))
  (func (export "{name}") (canon lift (core func $guest "run"))))
