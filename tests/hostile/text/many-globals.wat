;; Has as many variables as a module may have.
(component
  (core module $guest
    {globals}
    (func (export "run")))
  (core instance $guest (instantiate $guest))
  (func (export "run") (canon lift (core func $guest "run"))))
