;; Passes a stream.
(component (import "f" (func (param "bytes" (stream u8)))))
