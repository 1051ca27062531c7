;; The length of its first section is a number that never ends.
(component binary "\00asm\0d\00\01\00\01\80\80\80\80\80\80\80\80\80\80\80\80\80\80\80\80\80\80")
