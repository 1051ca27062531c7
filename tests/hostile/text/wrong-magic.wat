;; Is something else.
(module binary "GIF89a\01\00\01\00\00\00\00;")
