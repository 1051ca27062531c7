;; Wants a table of four billion elements to begin with.
(component
  (core module $guest
    (table 4294967295 funcref)
    (func (export "run")))
  (core instance $guest (instantiate $guest))
  (func (export "run") (canon lift (core func $guest "run"))))
