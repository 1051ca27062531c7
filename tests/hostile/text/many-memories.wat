;; Has a hundred memories that are each within the limit.
(component
  (core module $guest
    {memories}
    (func (export "run")))
  (core instance $guest (instantiate $guest))
  (func (export "run") (canon lift (core func $guest "run"))))
