"""Rust for WebAssembly: which compiler, whose standard library."""
