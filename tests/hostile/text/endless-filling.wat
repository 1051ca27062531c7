;; Runs for ever in single instructions that each take long.
(component
  (core module $guest
    (memory 768)
    (func (export "run") (loop (memory.fill (i32.const 0) (i32.const 1) (i32.const 50331648)) (br 0))))
  (core instance $guest (instantiate $guest))
  (func (export "run") (canon lift (core func $guest "run"))))
