"""Exports the workloads to the component's world: only the record type is settled here, the work is in `plain`."""

import plain  # type: ignore[import-not-found]  # beside this file, a module of its own only inside the guest
from wit_world.exports.workloads import Row


class Workloads:
    """The interface `componium:bench/workloads`."""

    add = staticmethod(plain.add)
    receive = staticmethod(plain.receive)
    sum = staticmethod(plain.sum_bytes)
    echo = staticmethod(plain.echo)
    evaluate = staticmethod(plain.evaluate)

    def rows(self, count: int) -> list[Row]:
        """Return the rows 0 to `count - 1`."""
        return [Row(number, message) for number, message in plain.rows(count)]
