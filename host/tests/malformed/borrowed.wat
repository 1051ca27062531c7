;; A guest with handles of the host's resources: what it does to them is the test's choice.
;; CanonicalABI.md, "Lifting" of `own` and `borrow`, "canon resource.drop", and the end of "canon lift": a borrowed handle
;; must be dropped before the call returns.
(component
  (import "test:malformed/host" (instance $host
    (export "file" (type $file (sub resource)))
    (export "journal" (type $journal (sub resource)))
    (export "open" (func (result (own $file))))
    (export "start" (func (result (own $journal))))
    (export "take" (func (param "file" (own $file))))
    (export "look" (func (param "file" (borrow $file))))))
  (alias export $host "file" (type $file))
  (alias export $host "journal" (type $journal))
  (core module $guest
    (func (export "nothing") (param i32)))
  (core instance $guest (instantiate $guest))
  (core func $open (canon lower (func $host "open")))
  (core func $start (canon lower (func $host "start")))
  (core func $take (canon lower (func $host "take")))
  (core func $look (canon lower (func $host "look")))
  (core func $drop-file (canon resource.drop $file))

  ;; Handles are numbers for the test.
  (func (export "open") (result u32) (canon lift (core func $open)))
  (func (export "start") (result u32) (canon lift (core func $start)))
  (func (export "take") (param "handle" u32) (canon lift (core func $take)))
  (func (export "look") (param "handle" u32) (canon lift (core func $look)))
  (func (export "drop-file") (param "handle" u32) (canon lift (core func $drop-file)))
  ;; What it does with a file that the host lends to it.
  (func (export "keep-borrowed") (param "file" (borrow $file)) (canon lift (core func $guest "nothing")))
  (func (export "give-away-borrowed") (param "file" (borrow $file)) (canon lift (core func $take)))
  (func (export "return-borrowed") (param "file" (borrow $file)) (canon lift (core func $drop-file))))
