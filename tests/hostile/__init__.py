"""Guests that attack their host, and the checks that every attack ends as documented: `python -m tests.hostile`."""
