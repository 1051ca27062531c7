;; More types than a component may have.
(component {types})
