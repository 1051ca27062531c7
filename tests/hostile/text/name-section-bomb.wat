;; Traps, and names one function a hundred thousand times.
(component
  (core module $guest
    (func (export "run") unreachable)
    (@custom "name" "\01\e3\a7\12\a0\8d\06{names}"))
  (core instance $guest (instantiate $guest))
  (func (export "run") (canon lift (core func $guest "run"))))
