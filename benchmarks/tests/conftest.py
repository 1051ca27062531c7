"""Results to test with: two turns on two workloads, and numbers that are easy to divide."""

import pytest

from benchmarks.results import Call, Crowd, Results, Start


def call(workload: str, backend: str, *turns: float) -> Call:
    """Return a call whose quartiles are those of its turns, near enough."""
    return Call(workload, backend, min(turns), min(turns), sum(turns) / len(turns), max(turns), len(turns), 10, turns)


@pytest.fixture
def results() -> Results:
    """Return results in which verdicts and goals are met and missed, and one backend is missing."""
    return Results(
        date="2026-11-23T12:00:00+00:00",
        machine={"processor": "a processor", "python": "CPython 3.11.7"},
        versions={"cffi": "2.1.1"},
        effort={"turns": 2, "rounds": 1, "round_time": 0.001},
        workloads={"add": "call overhead", "receive": "64 KiB of bytes in"},
        backends={
            "native-cffi": "native C, cffi",
            "native-ctypes": "native C, ctypes",
            "memcpy": "memcpy alone",
            "floor-rust": "wasmtime crate, Rust",
            "library-rust": "Componium native, Rust",
            "wasm-rust": "Componium, Rust",
            "luajit": "LuaJIT, lupa",
            "wasmtime-rust": "PyPI wasmtime, Rust",
        },
        missing={"luajit": "there is no LuaJIT"},
        calls=(
            call("add", "native-cffi", 1e-7, 2e-7),
            call("add", "native-ctypes", 2e-7, 4e-7),
            call("add", "floor-rust", 2.4e-7, 5.4e-7),
            call("add", "library-rust", 2.5e-7, 5e-7),
            call("add", "wasm-rust", 3e-7, 6e-7),
            call("add", "wasmtime-rust", 3e-5, 6e-5),
            call("receive", "native-cffi", 2e-6, 4e-6),
            call("receive", "memcpy", 2.2e-6 / 1.5 - 4.5e-7, 4.4e-6 / 1.5 - 4.5e-7),
            call("receive", "wasm-rust", 2.2e-6, 4.4e-6),
            call("receive", "wasmtime-rust", 2.2e-3, 4.4e-3),
        ),
        starts=(Start("wasm-rust", 0.5, {"import": 0.02, "load": 0.003, "instantiate": 4e-5, "call": 1e-5}, 2),),
        crowds=(
            Crowd("wasm-rust", 1e-5, (9e4, 1e5), (9e4, 1e5)),
            Crowd("wasm-rust", 1e-3, (900.0, 1000.0), (1755.0, 1950.0)),
        ),
    )
