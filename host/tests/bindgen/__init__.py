"""Tests of typed bindings."""
