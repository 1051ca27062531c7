;; Calls the host, which calls this very instance.
(component
  (import "again" (func $again))
  (core func $again (canon lower (func $again)))
  (core module $guest
    (import "host" "again" (func $again))
    (func (export "run") (call $again)))
  (core instance $guest (instantiate $guest (with "host" (instance (export "again" (func $again))))))
  (func (export "run") (canon lift (core func $guest "run"))))
