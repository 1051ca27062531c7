;; A type that doubles at every step.
(component (type u8) {tuples})
