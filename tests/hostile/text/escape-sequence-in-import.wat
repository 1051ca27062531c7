;; Fails to load with an error that would clear the terminal.
(component
  (core module $guest (import "host" "\1b[2J\1b[31mEVIL" (func)))
  (core instance $empty)
  (core instance (instantiate $guest (with "host" (instance $empty)))))
