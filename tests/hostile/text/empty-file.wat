;; Is nothing at all, once its first bytes are cut off.
(component)
