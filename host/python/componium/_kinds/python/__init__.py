"""Plugins in Python: files, packages and projects, modules, classes and objects of the application."""
