"""`componium.record` and `componium.replay`."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import os
    from collections.abc import Callable, Mapping

    from componium._component import Component
    from componium._contract import Contract
    from componium._recording.recorder import Recorder
    from componium.parity import Report, Rules


def record(component: Component, path: str | os.PathLike[str], *, limit: int | None = None, keep: int = 1) -> Recorder:
    """Record the calls of a component's instances, with everything that the application does for them.

    Each call is one line of JSON, written when the call has ended: function, arguments, result or error, the calls of
    the application's functions with their arguments and answers in order, and how long it took. `componium.replay`
    makes the calls again on another version or kind of the plugin, and needs neither the application nor this one.

    Args:
        component: The component.
        path: The file; what it has is kept, and recorded calls are written behind. Only one recorder may write to it.
        limit: How many bytes the file may have before the next one begins; `None` for no limit.
        keep: How many full files are kept beside it, as `PATH.1`, the youngest, to `PATH.<keep>`.

    Returns:
        A component to use instead, whose instances are recorded; a context manager that stops recording at its end.

    Raises:
        OSError: The file cannot be written.
        TypeError: It is an instance: what the application does for one is decided when it is made.
    """
    from componium._calls.worlds import world_of  # noqa: PLC0415
    from componium._component import Component  # noqa: PLC0415  # as `componium` is imported by all
    from componium._recording.file import RecordingFile  # noqa: PLC0415
    from componium._recording.lines import Header, header_line  # noqa: PLC0415
    from componium._recording.recorder import Recorder  # noqa: PLC0415

    given: object = component
    if not isinstance(given, Component):
        raise TypeError(f"record a component, and use its instances: got {type(given).__name__}")
    world = world_of(component)
    header = header_line(Header(component.name, component.wit, world.name))
    return Recorder(component, world, RecordingFile(Path(path), header, limit, keep))


def replay(  # noqa: PLR0913  # each option is a decision of its own, with a default
    recording: str | os.PathLike[str],
    plugin: object,
    *,
    contract: Contract | None = None,
    rules: Mapping[str, Rules] | None = None,
    default: Rules | None = None,
    trust: bool = False,
    progress: Callable[[str, int, int], object] | None = None,
    **options: Any,
) -> Report:
    """Make recorded calls again on another version or kind of a plugin, and compare what it does.

    Calls of the application are answered from the recording, and compared in their order and with their arguments. An
    instance that a call ends is made anew, without the state that it had.

    Args:
        recording: The file that `componium.record` wrote.
        plugin: The plugin, or what `componium.load` takes.
        contract: As for `componium.load`: Python plugins need it.
        rules: By function, how equal calls have to be; see `componium.parity.Rules`.
        default: The rules of all other functions; by default everything has to be the same.
        trust: As for `componium.load`.
        progress: Called before each call with the function, the number of the call, and how many there are.
        options: As for `Component.instantiate`.

    Returns:
        What was compared, the recording first, and the differences: of each function the first 20.

    Raises:
        OSError: The recording cannot be read.
        ValueError: It is no recording, or there is no function of a name.
        ContractError: The plugin does not export what was called, with the same types.
    """
    from componium._calls.functions import find_function  # noqa: PLC0415  # as in `record`
    from componium._recording.reader import read_recordings  # noqa: PLC0415
    from componium._recording.replay import Replaying  # noqa: PLC0415
    from componium.parity._rules import EXACT  # noqa: PLC0415
    from componium.parity._setting import Setting  # noqa: PLC0415
    from componium.parity._subject import Subject  # noqa: PLC0415

    begin = time.perf_counter()
    subject = Subject(plugin, Setting.of(None, contract, options, trust=trust))
    named = {find_function(subject.exports, name).name: each for name, each in (rules or {}).items()}
    replaying = Replaying(
        subject, {**dict.fromkeys(subject.exports, default or EXACT), **named}, progress or (lambda *_: None)
    )
    for each in read_recordings(recording):
        replaying.play(each)
    return replaying.report(Path(recording).name, time.perf_counter() - begin)
