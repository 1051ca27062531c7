;; Traps in a function whose name clears the terminal.
(component
  (core module $guest
    (func (export "run") unreachable)
    (@custom "name" "\01\0f\01\00\0c\1b[2J\1b[31mEVI"))
  (core instance $guest (instantiate $guest))
  (func (export "run") (canon lift (core func $guest "run"))))
