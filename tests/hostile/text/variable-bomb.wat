;; Very many instances of a module with very many variables, which are no linear memory.
(component
  (core module $guest {variables})
  {instances})
