;; Runs for ever before anything is called.
(component
  (core module $guest
    (func $main (loop (br 0)))
    (start $main))
  (core instance (instantiate $guest)))
