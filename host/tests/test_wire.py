"""Values as bytes: what a plugin in Python sees and gives is what a sandboxed one does.

`COMPONIUM_EXAMPLES=10000 python -m pytest host/tests/test_wire.py` tries more of them than CI does.
"""

from __future__ import annotations

import contextlib
import os
from typing import TYPE_CHECKING, Any

import componium
import pytest
from componium import Ok, _native, _wire
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from host.tests.echo.component import echo_wit
from host.tests.echo.echoes import Echoes
from host.tests.echo.sameness import same
from host.tests.echo.spelling_strategies import spellings
from host.tests.echo.type_strategies import parameter_types, wit_types
from host.tests.echo.value_strategies import values
from host.tests.echo.wit_types import ListOf, Primitive, ResultOf, resolved
from host.tests.python_kind.plugin import PythonComponent

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import SimpleNamespace

    from host.tests.echo.component import Encoding
    from host.tests.echo.wit_types import WitType

EXAMPLES = int(os.environ.get("COMPONIUM_EXAMPLES", "100"))
RANDOM = settings(max_examples=EXAMPLES, suppress_health_check=list(HealthCheck))


class PythonEchoes(Echoes):
    """The echoing guest, in Python."""

    def _load(self, encoding: Encoding) -> componium.Component:
        del encoding  # bytes hold UTF-8
        return PythonComponent(echo_wit({"value": self._parameters}), self._plugin, "echo.py")

    def _plugin(self, imported: SimpleNamespace) -> dict[str, Any]:
        is_result = len(self._parameters) == 1 and isinstance(resolved(self._parameters[0]), ResultOf)

        def relay(*values: Any) -> Any:
            value = imported.echoes.relay_value(*values)
            return Ok(value) if is_result else value  # the value may be a result itself

        return {"echoes": {"relay_value": relay}, "keeps": {"keep_value": lambda *values: values}}


@RANDOM
@given(data=st.data(), ty=wit_types())
def test_same_as_sandboxed(data: st.DataObject, ty: WitType) -> None:
    """A value of any type comes out of a Python plugin as it went in, and as it comes out of a sandboxed one."""
    ours, sandboxed = PythonEchoes(ty), Echoes(ty)
    for value in data.draw(st.lists(values(ty, vars(sandboxed.exports)), min_size=1, max_size=5)):
        came = ours.crosses(value)
        assert same(value, came)
        assert same(came, sandboxed.crosses(value))


@RANDOM
@given(data=st.data(), types=parameter_types())
def test_parameters(data: st.DataObject, types: tuple[WitType, ...]) -> None:
    """Values of any types beside each other come out as they went in, as core values or in memory."""
    echoes = PythonEchoes(*types)
    drawn = data.draw(st.tuples(*(values(ty, vars(echoes.exports)) for ty in types)))
    assert same(drawn if len(drawn) > 1 else drawn[0], echoes.crosses(*drawn))


@RANDOM
@given(data=st.data(), ty=wit_types())
def test_spellings(data: st.DataObject, ty: WitType) -> None:
    """However a value is written, the plugin sees the same."""
    echoes = PythonEchoes(ty)
    value = data.draw(values(ty, vars(echoes.exports)))
    for written in data.draw(st.lists(spellings(ty, value), min_size=1, max_size=5)):
        assert same(value, echoes.crosses(written))


def test_copies() -> None:
    """A plugin cannot change what the caller has, nor keep it: values are copied."""
    given = [1, 2, 3]

    def plugin(imported: SimpleNamespace) -> dict[str, Any]:
        del imported

        def keep(values: list[int], *padding: int) -> Any:
            values.append(4)
            return (values, *padding)

        return {"echoes": {"relay_value": list}, "keeps": {"keep_value": keep}}

    component = PythonComponent(echo_wit({"value": [ListOf(Primitive("u16"))]}), plugin)
    with component.instantiate({"echoes": {"relay_value": list}}) as instance:
        assert instance.keeps.keep_value(given, *range(16))[0] == [1, 2, 3, 4]
    assert given == [1, 2, 3]


def test_arrays() -> None:
    """Lists of numbers come out as buffers, where the application asks for them."""
    echoes = PythonEchoes(ListOf(Primitive("f64")), arrays=True)
    came = echoes.keep([1.5, 2.5])
    assert isinstance(came, memoryview)
    assert came.tolist() == [1.5, 2.5]


WIT = """
package test:wire;

interface api {
  resource item {
    constructor();
  }
  length: func(a: string, b: list<list<u16>>) -> u32;
  text: func() -> string;
  number: func() -> u8;
  give: func() -> item;
}

interface host {
  resource file {
    constructor();
  }
  resource journal {
    constructor();
  }
  keep: func(file: file);
  name: func() -> string;
}

world plugin {
  import host;
  export api;
}
"""


class Malformed:
    """The other end of a wire that answers with given bytes."""

    def __init__(self, answer: bytes) -> None:
        """Give `answer` to every call."""
        self.answer = answer

    def call(self, function: int, data: bytes) -> bytes:
        """Answer."""
        del function, data
        return self.answer

    def release(self, number: int) -> None:
        """Do nothing."""

    def failed(self, place: str, error: BaseException) -> BaseException:
        """Make a trap."""
        return _wire.trap(place, error)

    def close(self) -> None:
        """Do nothing."""


def provides(keep: Callable[[Any], None]) -> tuple[list[Any], list[type], bool]:
    """Return what the application provides: files are dicts, journals are lists."""
    return [dict, list, keep, str], [dict, list], False


def connected(peer: _wire.Peer) -> componium.Instance:
    """Make an instance whose other end is `peer`."""
    component = PythonComponent(WIT, lambda _: {})
    native = component.native.connect(provides([].append), lambda _: peer)
    return componium.Instance(native, component.exports, component._resources)


@pytest.mark.parametrize(
    ("function", "answer", "reason"),
    [
        ("number", b"", "0 bytes hold less than 1 core values"),
        ("text", b"\x08\0\0\0\x05\0\0\0abc", "5 bytes at 0x8 lie outside its memory of 11 bytes"),
        ("text", b"\xff\xff\xff\xff\xff\xff\xff\xff", "lie outside its memory of 8 bytes"),
        ("text", b"\x08\0\0\0\x01\0\0\0\xff", "is not valid UTF-8"),
        ("text", b"\x08\0", "4 bytes at 0x0 lie outside"),
    ],
)
def test_malformed_answers(function: str, answer: bytes, reason: str) -> None:
    """Every offset and length from the other end is checked; what does not fit ends the instance."""
    instance = connected(Malformed(answer))
    with pytest.raises(componium.Trap, match=reason):
        getattr(instance.api, function)()
    assert not instance.running


@settings(max_examples=EXAMPLES)
@given(answer=st.binary(max_size=64))
def test_arbitrary_answers(answer: bytes) -> None:
    """Whatever the other end answers, the caller gets a value or a trap."""
    instance = connected(Malformed(answer))
    try:
        assert isinstance(instance.api.text(), str)
    except componium.Trap:
        assert not instance.running


def test_answer_that_is_no_bytes() -> None:
    """An answer of another type than bytes ends the instance."""
    instance = connected(Malformed("text"))  # type: ignore[arg-type]
    with pytest.raises(componium.Trap, match="something else than bytes"):
        instance.api.number()


class Calling(Malformed):
    """The other end of a wire that calls the application during a call."""

    def __init__(self, application: _native.Dispatcher, function: int, data: bytes) -> None:
        """Call a function of the application's with `data`."""
        super().__init__(b"\x01" + bytes(7))
        self.application, self.function, self.data = application, function, data

    def call(self, function: int, data: bytes) -> bytes:
        """Call the application, and hide what comes of it."""
        with contextlib.suppress(componium.Error):
            self.application.call(self.function, self.data)
        return super().call(function, data)


@pytest.mark.parametrize(
    ("function", "data", "reason"),
    [
        (99, b"", "function 99, which does not exist"),
        (2, bytes(8), "it passed a handle of no file"),
        (2, b"", "0 bytes hold less than 1 core values"),
    ],
)
def test_malformed_calls(function: int, data: bytes, reason: str) -> None:
    """A call from the other end that no plugin makes ends the call under way, though the other end hides it."""
    component = PythonComponent(WIT, lambda _: {})
    provided = provides([].append)
    native = component.native.connect(provided, lambda application: Calling(application, function, data))
    instance = componium.Instance(native, component.exports, component._resources)
    with pytest.raises(componium.Trap, match=reason):
        instance.api.number()
    assert not instance.running


def test_object_of_another_class() -> None:
    """A number stands for an object of one class only."""
    component = PythonComponent(WIT, lambda _: {})
    kept: list[Any] = []

    def connect(application: _native.Dispatcher) -> _wire.Peer:
        journal = application.call(1, b"")
        return Calling(application, 2, journal)

    native = component.native.connect(provides(kept.append), connect)
    instance = componium.Instance(native, component.exports, component._resources)
    with pytest.raises(componium.Trap, match="it passed a handle of no file"):
        instance.api.number()
    assert kept == []
