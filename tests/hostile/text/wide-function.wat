;; Keeps a thousand values alive in a loop, which is hard to compile.
(component
  (core module $guest
    (func (export "run") (local {locals})
      (loop {steps} (br_if 0 (i64.eqz (local.get 0))))))
  (core instance $guest (instantiate $guest))
  (func (export "run") (canon lift (core func $guest "run"))))
