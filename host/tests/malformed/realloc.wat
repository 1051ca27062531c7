;; Guests that lie about where they have room: {realloc} is one of the functions below, called for arguments of exports
;; and for the results of a host function. CanonicalABI.md, "Storing": a pointer from realloc traps unless it is aligned
;; and all of what was asked for lies in memory.
(component
  (import "supply" (func $supply (result (list u32))))
  (import "anything" (func $anything))

  (core module $memory
    (memory (export "memory") 1))
  (core instance $memory (instantiate $memory))
  (alias core export $memory "memory" (core memory $memory))
  (core func $anything (canon lower (func $anything)))

  (core module $guest
    (import "host" "anything" (func $anything))
    (import "memory" "memory" (memory 1))
    ;; Legal: the guest overwrites itself.
    (func (export "zero") (param i32 i32 i32 i32) (result i32) (i32.const 0))
    ;; No room.
    (func (export "end") (param i32 i32 i32 i32) (result i32) (i32.const 65536))
    (func (export "straddling") (param i32 i32 i32 i32) (result i32) (i32.const 65528))
    (func (export "wrapping") (param i32 i32 i32 i32) (result i32) (i32.const -8))
    (func (export "unaligned") (param i32 i32 i32 i32) (result i32) (i32.const 1025))
    ;; No answer.
    (func (export "trapping") (param i32 i32 i32 i32) (result i32) unreachable)
    (func (export "looping") (param i32 i32 i32 i32) (result i32) (loop (br 0)) unreachable)
    (func $recursing (export "recursing") (param i32 i32 i32 i32) (result i32)
      (call $recursing (i32.const 0) (i32.const 0) (i32.const 0) (i32.const 0)))
    (func (export "growing") (param i32 i32 i32 i32) (result i32)
      (loop $again (br_if $again (i32.ne (memory.grow (i32.const 64)) (i32.const -1)))) unreachable)
    ;; Not allowed: the component may not be left while the host stores values.
    (func (export "calling") (param i32 i32 i32 i32) (result i32) (call $anything) (i32.const 0))

    (func (export "ignore-pair") (param i32 i32))
    (func (export "ignore-address") (param i32)))
  (core instance $guest (instantiate $guest
    (with "host" (instance (export "anything" (func $anything))))
    (with "memory" (instance $memory))))
  (alias core export $guest "{realloc}" (core func $realloc))
  (core func $supply (canon lower (func $supply) (memory $memory) (realloc $realloc)))

  (func (export "take") (param "items" (list u32))
    (canon lift (core func $guest "ignore-pair") (memory $memory) (realloc $realloc)))
  (func (export "take-text") (param "text" string)
    (canon lift (core func $guest "ignore-pair") (memory $memory) (realloc $realloc) string-encoding=utf16))
  ;; More core values than travel outside memory: the parameters themselves are stored.
  (func (export "take-many") (param "a" (tuple u64 u64 u64 u64 u64 u64 u64 u64 u64)) (param "b" (tuple u64 u64 u64 u64 u64 u64 u64 u64))
    (canon lift (core func $guest "ignore-address") (memory $memory) (realloc $realloc)))
  ;; The host function's result, stored at the address.
  (func (export "fetch") (param "address" u32) (canon lift (core func $supply))))
