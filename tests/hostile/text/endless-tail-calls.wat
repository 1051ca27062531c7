;; Runs for ever, without a loop.
(component
  (core module $guest
    (func $run (export "run") (return_call $run)))
  (core instance $guest (instantiate $guest))
  (func (export "run") (canon lift (core func $guest "run"))))
