;; Wants what a version of WASI 0.2 may have that is not there yet.
(component
  (import "wasi:clocks/monotonic-clock@0.2.99" (instance (export "set-back" (func (param "by" u64))))))
