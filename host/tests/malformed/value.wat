;; A guest that hands over whatever core values and bytes the test chooses, by every way that values take to the host:
;; as core values or in memory, as the result of an export or as the argument of a host function.
;; {type}, {core} and {encoding} are filled in by attack.py. Rules: CanonicalABI.md, "Loading" and "Flat Lifting".
(component
  (type $color' (enum "red" "green"))
  (import "color" (type $color (eq $color')))
  (type $shape' (variant (case "dot") (case "line" u32)))
  (import "shape" (type $shape (eq $shape')))
  (type $point' (record (field "x" u8) (field "y" u64)))
  (import "point" (type $point (eq $point')))
  (type $access' (flags "read" "write" "run"))
  (import "access" (type $access (eq $access')))

  ;; More core values than travel outside memory.
  (type $padding (tuple u64 u64 u64 u64 u64 u64 u64 u64 u64 u64 u64 u64 u64 u64 u64 u64 u64))
  (import "take" (func $take (param "value" {type})))
  (import "take-in-memory" (func $take-in-memory (param "value" {type}) (param "padding" $padding)))

  (core module $guest
    (memory (export "memory") 1)
    (func (export "identity") (param i32) (result i32) (local.get 0))
    (func (export "realloc") (param i32 i32 i32 i32) (result i32) (i32.const 32768))
    (func (export "poke") (param $address i32) (param $bytes i32) (param $length i32)
      (memory.copy (local.get $address) (local.get $bytes) (local.get $length))))
  (core instance $guest (instantiate $guest))
  (alias core export $guest "memory" (core memory $memory))
  (core func $take (canon lower (func $take) (memory $memory) string-encoding={encoding}))
  (core func $take-in-memory (canon lower (func $take-in-memory) (memory $memory) string-encoding={encoding}))

  (func (export "poke") (param "address" u32) (param "bytes" (list u8))
    (canon lift (core func $guest "poke") (memory $memory) (realloc (core func $guest "realloc"))))
  ;; The result: its core value, or its address.
  (func (export "produce") (param "value" u32) (result {type})
    (canon lift (core func $guest "identity") (memory $memory) string-encoding={encoding}))
  ;; The host function's argument: its core values.
  (func (export "give") {core} (canon lift (core func $take)))
  ;; The host function's argument: its address.
  (func (export "give-in-memory") (param "address" u32) (canon lift (core func $take-in-memory))))
