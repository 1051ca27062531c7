"""Plugins in worker processes."""
