"""`python -m componium_sdk`."""

from componium_sdk._cli import main

main()
