"""Bindings of every contract of the repository and of those in `wit`; `contracts.py` writes them."""
