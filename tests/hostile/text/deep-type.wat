;; A type of lists in lists.
(component (type u8) {lists})
