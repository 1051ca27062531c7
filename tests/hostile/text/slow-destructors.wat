;; Gives away very many handles; dropping each of them takes less than the deadline.
(component
  (core module $destructor
    (func (export "drop") (param i32) (local $left i32)
      (local.set $left (i32.const 100000000))
      (loop (br_if 0 (local.tee $left (i32.sub (local.get $left) (i32.const 1)))))))
  (core instance $destructor (instantiate $destructor))
  (type $thing (resource (rep i32) (dtor (core func $destructor "drop"))))
  (core func $new (canon resource.new $thing))
  (core module $guest
    (import "host" "new" (func $new (param i32) (result i32)))
    (memory (export "memory") 1)
    ;; A list of a hundred handles at 64.
    (data (i32.const 0) "\40\00\00\00\64\00\00\00")
    (func (export "run") (result i32) (local $at i32)
      (local.set $at (i32.const 464))
      (loop $again
        (local.set $at (i32.sub (local.get $at) (i32.const 4)))
        (i32.store (local.get $at) (call $new (i32.const 1)))
        (br_if $again (i32.gt_u (local.get $at) (i32.const 64))))
      (i32.const 0)))
  (core instance $guest (instantiate $guest (with "host" (instance (export "new" (func $new))))))
  (func $run (result (list (own $thing))) (canon lift (core func $guest "run") (memory (core memory $guest "memory"))))
  (instance $things (export "thing" (type $thing)) (export "run" (func $run)))
  (export "test:hostile/things" (instance $things)))
