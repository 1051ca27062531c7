"""What compilers say, read for its first error: which file, which line."""
