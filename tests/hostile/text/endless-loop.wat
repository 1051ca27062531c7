;; Runs for ever, without a call.
(component
  (core module $guest
    (func (export "run") (loop (br 0))))
  (core instance $guest (instantiate $guest))
  (func (export "run") (canon lift (core func $guest "run"))))
