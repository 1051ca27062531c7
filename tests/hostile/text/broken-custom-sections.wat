;; Sections that tools read, full of nonsense: names and producers.
(component
  (@custom "component-name" "\ff\ff\ff\ff\ff")
  (@custom "producers" "\ff\ff\ff\ff\0f")
  (core module $guest
    (@custom "name" "\00\ff\ff\ff\ff\0f")
    (@custom "producers" "\80\80\80\80\80\80")
    (@custom "target_features" "\ff")
    (@custom "dylink.0" "\01\ff")
    (@custom "component-type:x" "\00asm")
    (func (export "run") (result i32) (i32.const 7)))
  (core instance $guest (instantiate $guest))
  (func (export "run") (result s32) (canon lift (core func $guest "run"))))
