"""Benchmarks: every workload of `wit/bench` on every backend, turn by turn, against native C."""
