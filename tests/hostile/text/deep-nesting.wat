;; The innermost of very many components.
(component)
