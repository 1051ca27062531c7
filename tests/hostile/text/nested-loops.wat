;; Loops in loops in loops: each costs the compiler more than the one around it.
(component
  (core module $guest
    (func (export "run") {begins} {ends}))
  (core instance $guest (instantiate $guest))
  (func (export "run") (canon lift (core func $guest "run"))))
