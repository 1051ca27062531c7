;; Calls itself without end.
(component
  (core module $guest
    (func $run (export "run") (call $run)))
  (core instance $guest (instantiate $guest))
  (func (export "run") (canon lift (core func $guest "run"))))
