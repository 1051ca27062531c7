;; A guest that uses most of the stack that it may use, then calls the host, which makes another one of it, which ...
(component
  (import "next" (func $next))
  (core func $next (canon lower (func $next)))
  (core module $guest
    (import "host" "next" (func $next))
    (func $descend (export "run") (param $depth i32)
      (if (local.get $depth)
        (then (call $descend (i32.sub (local.get $depth) (i32.const 1))))
        (else (call $next)))))
  (core instance $guest (instantiate $guest (with "host" (instance (export "next" (func $next))))))
  (func (export "run") (param "depth" u32) (canon lift (core func $guest "run"))))
