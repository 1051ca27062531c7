;; Very many exports.
(component
  (core module $guest (func (export "run")))
  (core instance $guest (instantiate $guest))
  (func $run (canon lift (core func $guest "run")))
  {exports})
