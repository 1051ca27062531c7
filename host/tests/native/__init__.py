"""The native kind of plugins: shared libraries of trusted code."""
