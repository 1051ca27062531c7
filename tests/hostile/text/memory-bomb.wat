;; Takes memory and writes to every page of it, until it is refused some.
(component
  (core module $guest
    (memory 1)
    (global $end (mut i32) (i32.const 65536))
    (func (export "run")
      (loop $again
        (if (i32.eq (memory.grow (i32.const 1)) (i32.const -1)) (then unreachable))
        (memory.fill (global.get $end) (i32.const 255) (i32.const 65536))
        (global.set $end (i32.add (global.get $end) (i32.const 65536)))
        (br $again))))
  (core instance $guest (instantiate $guest))
  (func (export "run") (canon lift (core func $guest "run"))))
