;; Wants a function of the application that no application of this kind has.
(component
  (import "evil:backdoor/shell@1.0.0" (instance (export "run" (func (param "command" string))))))
