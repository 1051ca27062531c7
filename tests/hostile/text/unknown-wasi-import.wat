;; Wants a part of WASI that does not exist.
(component
  (import "wasi:processes/spawn@0.2.0" (instance (export "spawn" (func (param "command" string))))))
