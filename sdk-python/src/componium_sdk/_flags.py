"""Every flag that shapes the code of a guest, with its reason. A change here rebuilds all plugins."""

RUST_TARGET = "wasm32-wasip1"  # componium's adapter turns its preview 1 imports into those of WASI 0.2
C_TARGET = "wasm32-wasi"  # zig's name of the same

# Componium ends runaway guests by a check at the head of every loop, and floats or vectors that live across it pass
# through memory. So: fewer loop heads, with more work behind each. `python -m benchmarks` shows what is left of it.
_LOOPS = (
    "-unroll-partial-threshold=160",  # small loops are repeated up to eight times; large ones and nests stay
    "-vectorizer-maximize-bandwidth",  # vectors of the narrowest type: a sum of bytes takes 16 of them at once, not 2
)
# Loops that were vectorised are exempt from unrolling, so the vectoriser itself repeats them.
_VECTORS = "-force-vector-interleave=4"

RUST_FLAGS = (
    "-Ctarget-feature=+simd128",  # every host runs it; memory-bound loops gain a quarter
    f"-Cllvm-args={' '.join((*_LOOPS, _VECTORS))}",
)

C_FLAGS = (
    *("-target", C_TARGET),
    "-O3",
    "-msimd128",  # as for Rust
    "-g0",
    *(word for flag in (*_LOOPS, _VECTORS) for word in ("-mllvm", flag)),
)
C_WARNINGS = ("-Wall", "-Wextra")
C_LINK_FLAGS = (
    "-mexec-model=reactor",  # a plugin is called many times; it has no main()
    "-Wl,-z,stack-size=1048576",  # zig's own default, 16 MiB, would be every instance's smallest memory
    "-s",  # zig's libc brings 900 KB of debugging information
)

# Native libraries: the same level of optimisation, without what only WebAssembly's loops need.
NATIVE_C_FLAGS = (
    "-O3",
    "-g0",
    "-fomit-frame-pointer",  # as clang without zig
    "-ffp-contract=off",  # the numbers of the component, which knows no fused multiplication and addition
    "-fvisibility=hidden",
    "-DCOMPONIUM_NATIVE",  # for componium_guest.h
)
NATIVE_LINK_FLAGS = ("-shared", "-s")
MARCH_NATIVE_C_FLAGS = ("-mcpu=native",)  # zig's spelling of -march=native

MARCH_NATIVE_RUST_FLAGS = ("-Ctarget-cpu=native",)
