;; Is a component by a format of the future.
(component binary "\00asm\ff\00\01\00")
