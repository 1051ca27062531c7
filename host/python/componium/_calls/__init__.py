"""Calls as data: the functions of a world by name, values as JSON, and what a call did."""
