"""Tests of the host, one module for each of its nouns."""
