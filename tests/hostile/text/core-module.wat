;; Is no component.
(module (func (export "run") unreachable))
