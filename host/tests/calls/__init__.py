"""Calls and values as data."""
