;; Wants a garbage collector.
(component (core module (type (struct (field i32)))))
