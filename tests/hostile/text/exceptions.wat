;; Throws exceptions of WebAssembly.
(component (core module (tag) (func (throw 0))))
