;; Wants stacks of its own.
(component (core module (type $f (func)) (type (cont $f))))
