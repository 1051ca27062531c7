"""The `componium` command. A module for each subcommand, imported when it is used."""

from componium._cli.group import main

__all__ = ["main"]
