;; Fails, and misleads who looks for the line.
(component
  (core module $guest
    (func $run (export "run") unreachable)
    (@custom ".debug_info" "\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\05\00\01\08\00\00\00\00")
    (@custom ".debug_abbrev" "\01\11\01\00\00\80\80\80\80\80\80\80\80\80\80\80\80\80\80")
    (@custom ".debug_line" "\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\05\00")
    (@custom ".debug_str" "x"))
  (core instance $guest (instantiate $guest))
  (func (export "run") (canon lift (core func $guest "run"))))
