;; Traps in a function that, by its debugging information (DWARF 4), was inlined into one that was inlined into one ...
(component
  (core module $guest
    (func (export "run") unreachable)
    ;; A unit, an abstract function, a function, and inlined ones, all but the second with `low_pc` and `high_pc`.
    (@custom ".debug_abbrev"
      "\01\11\01\11\01\12\06\00\00" "\02\2e\00\03\0e\00\00"
      "\03\2e\01\11\01\12\06\03\0e\00\00" "\04\1d\01\31\13\11\01\12\06\00\00\00")
    (@custom ".debug_info" "\e4\45\04\00\04\00\00\00\00\00\04"
      "\01\00\00\00\00\ff\ff\ff\7f" "\02\00\00\00\00" "\03\00\00\00\00\ff\ff\ff\7f\00\00\00\00"
      "{inlined}" "{ends}\00\00")
    (@custom ".debug_str" "{name}\00"))
  (core instance $guest (instantiate $guest))
  (func (export "run") (canon lift (core func $guest "run"))))
