"""The kinds of plugins behind one interface."""
