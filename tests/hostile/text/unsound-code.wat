;; Code that would use a number as an address of another width, were it run.
(component (core module (func (result i32) (i64.const 7))))
