"""The guest `resources` of `tests/guests`, in Python."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from weakref import WeakSet

from componium import GuestError

if TYPE_CHECKING:
    from types import SimpleNamespace


def counters(imported: SimpleNamespace) -> dict[str, Any]:  # noqa: C901  # the whole plugin
    """Make the interface `counters`, which uses `files`."""
    files = imported.files
    alive: WeakSet[Any] = WeakSet()
    kept: list[Any] = []

    class Counter:
        def __init__(self, start: int) -> None:
            self._value = start
            alive.add(self)

        def add(self, amount: int) -> int:
            self._value += amount
            return self._value

        def value(self) -> int:
            return self._value

        @staticmethod
        def merge(a: Counter, b: Counter) -> Counter:
            return Counter(a.value() + b.value())

        def absorb(self, other: Counter) -> None:
            self.add(other.value())

        def is_(self, value: int) -> bool:
            return self._value == value

        def read(self, file: Any) -> bytes:
            return bytes(file.read(self._value))

    class Ticket:
        def __init__(self, number: int, *, cursed: bool = False) -> None:
            self._number = number
            self._cursed = cursed
            alive.add(self)

        def number(self) -> int:
            return self._number

        def drop(self) -> None:
            if self._cursed:
                message = "this ticket is cursed"
                raise RuntimeError(message)

    def open_(name: str) -> str:
        try:
            return str(files.File.open(name).name())
        except GuestError as error:
            text = f'NotFound("{error.value.value}")' if "NotFound" in type(error.value).__name__ else "Denied"
            raise GuestError(text) from error

    def give_back() -> Any:
        return kept.pop() if kept else None

    def keep_file(file: Any) -> None:
        kept[:] = [file]

    def exercise_host() -> list[str]:
        journal = files.journal_of_application()
        a, b = files.File("a"), files.File("bb")
        twin = a.duplicate()
        journal.write("three files")
        same = [a.same(a), a.same(b), a.same(twin)]
        total = files.total([a, b, twin])
        twin.drop()
        stored = files.keep([a, b], files.File("ccc"))
        return [str(same).lower(), str(total), str(stored)]

    return {
        "counters": {
            "Counter": Counter,
            "Ticket": Ticket,
            "tickets": lambda count: [Ticket(number) for number in range(count)],
            "cursed_ticket": lambda: Ticket(13, cursed=True),
            "make_pair": lambda first, second: {
                "first": Counter(first),
                "second": None if second is None else Counter(second),
            },
            "sum": lambda counters, extra: sum(each.value() for each in [*counters, *([extra] if extra else [])]),
            "alive": lambda: len(alive),
            "read": lambda file: file.read(2**32 - 1),
            "keep_file": keep_file,
            "give_back": give_back,
            "open": open_,
            "make_file": files.File,
            "exercise_host": exercise_host,
        }
    }
