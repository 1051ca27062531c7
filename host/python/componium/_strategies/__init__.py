"""Hypothesis strategies made from WIT; see `componium.strategies`."""
