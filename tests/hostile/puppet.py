"""What a watchdog's process does in its tests: whatever it is told."""

import os
import signal
import time
from collections.abc import Callable


def prepare() -> Callable[[str], str]:
    """Return what obeys."""
    return obey


def obey(order: str) -> str:
    """Hang, die, fail, or tell the number of the process.

    Args:
        order: `hang`, `exit`, `crash`, `fail` or anything else.

    Raises:
        ValueError: It was told to fail.
    """
    if order == "hang":
        time.sleep(600)
    if order == "exit":
        os._exit(3)
    if order == "crash":
        os.kill(os.getpid(), signal.SIGKILL)
    if order == "fail":
        raise ValueError(order)
    return str(os.getpid())
