"""Typed Python modules for WIT worlds; the work of `componium bindgen`."""

from componium._bindgen.module import WIDTH, generate
from componium._bindgen.reader import read_component, read_text, read_wit

__all__ = ["WIDTH", "generate", "read_component", "read_text", "read_wit"]
