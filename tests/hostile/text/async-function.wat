;; Wants to be called without waiting.
(component (import "f" (func async (result u64))))
