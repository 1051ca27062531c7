;; Makes resources of its own without end.
(component
  (type $thing (resource (rep i32)))
  (core func $new (canon resource.new $thing))
  (core module $guest
    (import "host" "new" (func $new (param i32) (result i32)))
    (func (export "run") (loop (drop (call $new (i32.const 1))) (br 0))))
  (core instance $guest (instantiate $guest (with "host" (instance (export "new" (func $new))))))
  (func (export "run") (canon lift (core func $guest "run"))))
