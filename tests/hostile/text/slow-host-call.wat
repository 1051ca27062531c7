;; Calls a function of the host that takes a second, and runs for ever afterwards.
(component
  (import "sleep" (func $sleep))
  (core func $sleep (canon lower (func $sleep)))
  (core module $guest
    (import "host" "sleep" (func $sleep))
    (func (export "run") (loop (call $sleep) (br 0))))
  (core instance $guest (instantiate $guest (with "host" (instance (export "sleep" (func $sleep))))))
  (func (export "run") (canon lift (core func $guest "run"))))
