"""Every flag that shapes the code of a guest, with its reason. A change here rebuilds all plugins."""

RUST_TARGET = "wasm32-wasip1"  # componium's adapter turns its preview 1 imports into those of WASI 0.2
C_TARGET = "wasm32-wasi"  # zig's name of the same

# Componium ends runaway guests by a check in every loop. With the loop body repeated eight times the check costs
# little: a matrix product falls from 3.3 times to 1.5 times the native time, Mandelbrot from 1.6 to 1.2.
_UNROLL = ("-unroll-runtime", "-unroll-count=8")

RUST_FLAGS = (
    "-Ctarget-feature=+simd128",  # every host runs it; memory-bound loops gain a quarter
    f"-Cllvm-args={' '.join(_UNROLL)}",
)

C_FLAGS = (
    *("-target", C_TARGET),
    "-O3",
    "-msimd128",  # as for Rust
    "-g0",
    *(word for flag in _UNROLL for word in ("-mllvm", flag)),
)
C_WARNINGS = ("-Wall", "-Wextra")
C_LINK_FLAGS = (
    "-mexec-model=reactor",  # a plugin is called many times; it has no main()
    "-Wl,-z,stack-size=1048576",  # zig's own default, 16 MiB, would be every instance's smallest memory
    "-s",  # zig's libc brings 900 KB of debugging information
)
