"""Comparing plugins."""
