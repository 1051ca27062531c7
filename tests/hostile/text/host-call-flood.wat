;; Calls a function of the host without end.
(component
  (import "touch" (func $touch))
  (core func $touch (canon lower (func $touch)))
  (core module $guest
    (import "host" "touch" (func $touch))
    (func (export "run") (loop (call $touch) (br 0))))
  (core instance $guest (instantiate $guest (with "host" (instance (export "touch" (func $touch))))))
  (func (export "run") (canon lift (core func $guest "run"))))
