;; One function of very many instructions.
(component
  (core module $guest
    (func (export "run") (local i32) {steps}))
  (core instance $guest (instantiate $guest))
  (func (export "run") (canon lift (core func $guest "run"))))
