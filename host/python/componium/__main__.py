"""The command line: `python -m componium`, or `componium`."""

from componium._cli import main

main()
