"""Plugins that are Python code in the application's process."""
