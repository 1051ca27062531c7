"""The kinds of plugins behind one interface: how each is recognised, what it can enforce, and how it is run."""
