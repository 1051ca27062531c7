"""Guests that break the canonical ABI on purpose: what stops each of them, and that nothing else is harmed."""
