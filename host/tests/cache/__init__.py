"""Compiled code that is kept on disk."""
