;; Wants 4 GiB to begin with.
(component
  (core module $guest
    (memory 65536)
    (func (export "run")))
  (core instance $guest (instantiate $guest))
  (func (export "run") (canon lift (core func $guest "run"))))
