"""Making calls on one plugin, to see what they do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from componium._calls.functions import find_function
from componium._calls.trace import Call
from componium.parity._case import Case
from componium.parity._setting import Setting
from componium.parity._subject import Subject

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from componium._calls.trace import Trace
    from componium._calls.values import Json
    from componium._contract import Contract
    from componium.parity._setting import Host


def run(  # noqa: PLR0913  # each option is a decision of its own, with a default
    plugin: object,
    calls: Iterable[Call | tuple[str, Sequence[Json]]],
    *,
    answers: Mapping[str, Sequence[Json]] | None = None,
    host: Host | None = None,
    contract: Contract | None = None,
    trust: bool = False,
    **options: Any,
) -> list[Trace]:
    """Make calls in a row on a new instance of a plugin.

    Args:
        plugin: The plugin, or what `componium.load` takes.
        calls: Function and arguments of each, as JSON; functions may be named as for
            `componium.strategies.arguments`.
        answers: What functions of the application answer, as `Case.answers`.
        host: What the plugin imports, instead of answers; see `compare`.
        contract: As for `componium.load`.
        trust: As for `componium.load`.
        options: As for `Component.instantiate`.

    Returns:
        What each call did; the calls end with one that ends the instance.

    Raises:
        ValueError: There is no such function, or the arguments are not of its types.
    """
    subject = Subject(plugin, Setting.of(host, contract, options, trust=trust))
    made = [call if isinstance(call, Call) else Call(call[0], tuple(call[1])) for call in calls]
    named = [Call(find_function(subject.exports, call.function).name, call.arguments) for call in made]
    given = {find_function(subject.imports, name).name: tuple(each) for name, each in (answers or {}).items()}
    return subject.run(Case(tuple(named), given))
