"""Components that echo values of any WIT type, made without a compiler; strategies for such types and their values."""
