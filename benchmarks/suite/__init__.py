"""The suite that pytest-benchmark runs for `python -m benchmarks`."""
