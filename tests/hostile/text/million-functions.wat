;; More functions than a module may have.
(component (core module {functions}))
