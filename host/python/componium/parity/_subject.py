"""One of the plugins: makes the calls of a case on a new instance."""

from __future__ import annotations

import os
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from componium._calls.functions import exported_functions, imported_functions
from componium._calls.handles import NoHandle
from componium._calls.observe import refuse_host_resources
from componium._calls.session import Session
from componium._calls.simplest import simplest
from componium._calls.values import Values
from componium._calls.worlds import world_of
from componium._component import Component
from componium._loading import load

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from componium._calls.functions import WorldFunction
    from componium._calls.trace import Call, Trace
    from componium._calls.values import Json
    from componium._imports import Imports
    from componium.parity._case import Case
    from componium.parity._setting import Setting


class Subject:
    """A plugin that is compared with another."""

    def __init__(self, source: object, setting: Setting) -> None:
        """Load a plugin and prepare to run cases.

        Args:
            source: The plugin, or what `componium.load` takes.
            setting: What the plugin is loaded with and runs in.

        Raises:
            Error: It cannot be loaded, or does not implement the contract.
        """
        if isinstance(source, Component):
            self.component = source
            if setting.contract is not None:
                setting.contract.check(source)
        else:
            self.component = load(source, contract=setting.contract, trust=setting.trust)
        self.name = self.component.name
        self.source = os.fspath(source) if isinstance(source, str | os.PathLike) else self.name
        self.setting = setting
        self.world = world_of(self.component)
        refuse_host_resources(self.name, self.world)
        self.exports = exported_functions(self.world)
        self.imports = imported_functions(self.world)

    def run(self, case: Case) -> list[Trace]:
        """Make the calls on a new instance, up to one that ends it.

        Returns:
            What each call did; a call that needs a handle where none is alive is left out.
        """
        imports = self._answers(case.answers) if self.setting.host is None else self.setting.host()
        with self.start(imports) as session:
            return list(_traces(session, case.calls))

    def start(self, imports: Imports, *, exact: bool = False) -> Session:
        """Start an instance with these imports; see `Handles` for `exact`."""
        return Session(self.component, self.world, self.exports, imports, self.setting.options, exact=exact)

    def _answers(self, answers: Mapping[str, tuple[Json, ...]]) -> Imports:
        """Make imports that answer what a case says."""
        values = Values(self.world, guest_side=False)
        made: dict[str, Any] = {}
        for function in self.imports.values():
            given = answers.get(function.name) or (simplest(self.world, function.result),)
            owner = made if function.interface is None else made.setdefault(function.interface, {})
            owner[function.attribute] = _answering(function, values, given)
        return made


def _traces(session: Session, calls: tuple[Call, ...]) -> Iterator[Trace]:
    for call in calls:
        if not session.running:
            return
        with suppress(NoHandle):
            yield session.make(call)


def _answering(function: WorldFunction, values: Values, answers: tuple[Json, ...]) -> Callable[..., Any]:
    place = f"the answer of {function.label}"
    left = [values.read(function.result, data, place) for data in reversed(answers)]
    return lambda *_: left.pop() if len(left) > 1 else left[0]
