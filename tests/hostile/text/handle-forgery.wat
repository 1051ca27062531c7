;; Uses an object of the host that it was never given.
(component
  (import "thing" (type $thing (sub resource)))
  (import "[constructor]thing" (func $new (result (own $thing))))
  (import "[method]thing.look" (func $look (param "self" (borrow $thing)) (result s32)))
  (core func $new (canon lower (func $new)))
  (core func $look (canon lower (func $look)))
  (core func $drop (canon resource.drop $thing))
  (core module $guest
    (import "host" "new" (func $new (result i32)))
    (import "host" "look" (func $look (param i32) (result i32)))
    (import "host" "drop" (func $drop (param i32)))
    (func (export "run") (drop (call $look (i32.const 77)))))
  (core instance $guest (instantiate $guest (with "host" (instance
    (export "new" (func $new)) (export "look" (func $look)) (export "drop" (func $drop))))))
  (func (export "run") (canon lift (core func $guest "run"))))
