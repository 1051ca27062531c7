;; Runs for ever when the host drops a handle.
(component
  (core module $destructor (func (export "drop") (param i32) (loop (br 0))))
  (core instance $destructor (instantiate $destructor))
  (type $thing (resource (rep i32) (dtor (core func $destructor "drop"))))
  (core func $new (canon resource.new $thing))
  (core module $guest
    (import "host" "new" (func $new (param i32) (result i32)))
    (func (export "run") (result i32) (call $new (i32.const 1))))
  (core instance $guest (instantiate $guest (with "host" (instance (export "new" (func $new))))))
  (func $run (result (own $thing)) (canon lift (core func $guest "run")))
  (instance $things (export "thing" (type $thing)) (export "run" (func $run)))
  (export "test:hostile/things" (instance $things)))
