;; Documentation, which is JSON, of very many lists in each other.
(component (@custom "package-docs" "\01{begins}"))
