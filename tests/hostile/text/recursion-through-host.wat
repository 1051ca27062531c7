;; Uses most of the stack that it may use, then calls the host, which calls another instance of the same guest, which ...
(component
  (import "next" (func $next))
  (core func $next (canon lower (func $next)))
  (core module $guest
    (import "host" "next" (func $next))
    (func $descend (param $depth i32)
      (if (local.get $depth)
        (then (call $descend (i32.sub (local.get $depth) (i32.const 1))))
        (else (call $next))))
    (func (export "run") (call $descend (i32.const 10000))))
  (core instance $guest (instantiate $guest (with "host" (instance (export "next" (func $next))))))
  (func (export "run") (canon lift (core func $guest "run"))))
