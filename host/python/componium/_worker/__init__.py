"""Plugins in processes of their own: a crash ends the worker, not the application."""

from componium._worker.client import ENFORCES, SUPPORTED, instantiate
from componium._worker.plugin import Plugin

__all__ = ["ENFORCES", "SUPPORTED", "Plugin", "instantiate"]
