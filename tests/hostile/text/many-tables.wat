;; Has as many tables as a module may have, all within the limit.
(component
  (core module $guest
    {tables}
    (func (export "run")))
  (core instance $guest (instantiate $guest))
  (func (export "run") (canon lift (core func $guest "run"))))
