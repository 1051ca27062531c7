"""Tests of the builders, which really compile."""
