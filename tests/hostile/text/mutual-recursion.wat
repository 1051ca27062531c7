;; Two functions call each other through a table.
(component
  (core module $guest
    (type $step (func))
    (table funcref (elem $there $back))
    (func $there (export "run") (call_indirect (type $step) (i32.const 1)))
    (func $back (call_indirect (type $step) (i32.const 0))))
  (core instance $guest (instantiate $guest))
  (func (export "run") (canon lift (core func $guest "run"))))
