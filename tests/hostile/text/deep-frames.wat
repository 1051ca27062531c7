;; Calls itself with frames of a thousand values each.
(component
  (core module $guest
    (func $descend (param {parameters}) (call $descend {arguments}))
    (func (export "run") (call $descend {zeros})))
  (core instance $guest (instantiate $guest))
  (func (export "run") (canon lift (core func $guest "run"))))
