;; Makes a table grow until it is refused.
(component
  (core module $guest
    (table $table 1 funcref)
    (func (export "run")
      (loop $again
        (br_if $again (i32.ne (table.grow $table (ref.null func) (i32.const 100000)) (i32.const -1))))
      unreachable))
  (core instance $guest (instantiate $guest))
  (func (export "run") (canon lift (core func $guest "run"))))
