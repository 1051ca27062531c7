"""A module for each row of the table in `docs/concepts/values.md`: what goes in, what comes out, what is refused."""
