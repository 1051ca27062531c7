"""Values that misbehave."""

import array
from collections.abc import Sequence


class OwnError(Exception):
    """What the values themselves raise."""


def fail(*arguments):
    raise OwnError


class Broken:
    """Fails at whatever is asked of it."""

    __index__ = __int__ = __float__ = __len__ = __iter__ = __getitem__ = __contains__ = __eq__ = __repr__ = fail
    __hash__ = None

    def __getattr__(self, name):
        fail()


class Liar(Sequence):
    """Has another length than it says."""

    def __init__(self, items, length):
        self.items, self.length = items, length

    def __len__(self):
        return self.length

    def __getitem__(self, index):
        return self.items[index]


class Index:
    """A number that is no int."""

    def __init__(self, number):
        self.number = number

    def __index__(self):
        return self.number


class Fields:
    """Anything with attributes."""

    def __init__(self, fields):
        self.__dict__.update(fields)


def shrinking(items):
    """Return a list that empties itself while its elements are converted."""

    class Emptying(Index):
        def __index__(self):
            made.clear()
            return self.number

    made = [Emptying(1), *items]
    return made


def endless():
    """Return a list that contains itself."""
    made = []
    made.append(made)
    return made


def typed(code, data):
    """Return an array of as many numbers as the bytes hold."""
    made = array.array(code)
    made.frombytes(data[: len(data) // made.itemsize * made.itemsize])
    return made


def strided(data):
    """Return a buffer with gaps."""
    return memoryview(data)[::2]


def surrogates(text):
    """Return text that is none."""
    return text + "\udc80"
