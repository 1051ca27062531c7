;; Traps, where the line is one of a million, each of which takes one byte to describe (DWARF 4).
(component
  (core module $guest
    (func (export "run") unreachable)
    ;; A unit with `stmt_list`, `low_pc` and `high_pc`: all addresses.
    (@custom ".debug_abbrev" "\01\11\00\10\17\11\01\12\06\00\00\00")
    (@custom ".debug_info" "\14\00\00\00\04\00\00\00\00\00\04\01\00\00\00\00\00\00\00\00\ff\ff\ff\7f")
    ;; The program of its lines: "next address, next line" a million times.
    (@custom ".debug_line" "\67\42\0f\00\04\00\1e\00\00\00\01\01\01\fb\0e\0d\00\01\01\01\01\00\00\00\01\00\00\01\00bomb.c\00\00\00\00\00{lines}\00\01\01"))
  (core instance $guest (instantiate $guest))
  (func (export "run") (canon lift (core func $guest "run"))))
