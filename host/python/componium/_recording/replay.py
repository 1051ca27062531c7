"""Making recorded calls again."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from componium._bindgen import read_text
from componium._calls.functions import exported_functions, imported_functions
from componium._calls.handles import NoHandle
from componium._calls.mentions import signature_of
from componium._errors import ContractError
from componium._recording.replayed_host import ReplayedHost
from componium.parity._agreement import Agreement
from componium.parity._case import Case
from componium.parity._report import Comparison, Difference, Report

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from componium._calls.session import Session
    from componium._calls.trace import Trace
    from componium._recording.reader import Recording
    from componium.parity._rules import Rules
    from componium.parity._subject import Subject

MOST = 20
"""How many differences of one function a report has."""


class Replaying:
    """Plays recordings and counts."""

    def __init__(
        self, subject: Subject, rules: Mapping[str, Rules], progress: Callable[[str, int, int], object]
    ) -> None:
        """Play on new instances of `subject`; `rules` are by function, and `progress` is told each call."""
        self._subject = subject
        self._rules = rules
        self._progress = progress
        self._calls: Counter[str] = Counter()
        self._differences: defaultdict[str, list[Difference]] = defaultdict(list)
        self._skipped: Counter[str] = Counter()
        self._labels: dict[str, str] = {}

    def play(self, recording: Recording) -> None:
        """Play everything that one recorder wrote."""
        world = read_text(recording.header.wit, recording.header.world)
        exports, imports = exported_functions(world), imported_functions(world)
        traces = [trace for instance in recording.instances.values() for trace in instance]
        called = {trace.call.function for trace in traces}
        problems = [
            f"{exports[name].label} is not exported with the same types"
            for name in sorted(called)
            if name not in self._subject.exports
            or signature_of(world, exports[name]) != signature_of(self._subject.world, self._subject.exports[name])
        ]
        if problems:
            plugin = self._subject.name
            raise ContractError("\n  - ".join([f"{plugin} cannot replay this recording:", *problems]), problems)
        everything = {**self._subject.imports, **imports}
        self._labels |= {name: each.label for name, each in {**exports, **everything}.items()}
        agreement = Agreement(world, exports, everything)
        for number, instance in recording.instances.items():
            for one, other in self._pairs(instance, len(traces)):
                self._compare(agreement, one, other, f"instance {number} of {recording.header.plugin}")

    def _pairs(self, traces: list[Trace], total: int) -> Iterator[tuple[Trace, Trace]]:
        """Make the calls of an instance; yield what each did and does."""
        host = ReplayedHost(self._subject.world, self._subject.imports)
        left = iter(traces)
        trace = next(left, None)
        while trace is not None:
            with self._subject.start(host.functions, exact=True) as session:
                while trace is not None and session.running:
                    host.expect(trace.host_calls)
                    yield from self._again(session, trace, total)
                    host.expect(None)
                    trace = next(left, None)

    def _again(self, session: Session, trace: Trace, total: int) -> Iterator[tuple[Trace, Trace]]:
        name = trace.call.function
        self._progress(self._labels[name], self._calls.total() + 1, total)
        try:
            again = session.make(trace.call)
        except NoHandle:
            self._skipped[name] += 1
            return
        self._calls[name] += 1
        yield trace, again

    def _compare(self, agreement: Agreement, one: Trace, other: Trace, place: str) -> None:
        name = one.call.function
        found = agreement.disagreements(one, other, self._rules[name])
        if found:
            case = Case((one.call,), name=place)
            self._differences[name].append(Difference(self._labels[name], case, found, one, other, ("", "")))

    def report(self, recording: str, seconds: float) -> Report:
        """Say what was found."""
        comparisons = [
            Comparison(
                self._labels[name],
                count,
                tuple(self._differences[name][:MOST]),
                self._rules[name],
                omitted=max(0, len(self._differences[name]) - MOST),
            )
            for name, count in self._calls.items()
        ]
        skipped = {
            self._labels[name]: f"{count} calls need a handle that is not there"
            for name, count in self._skipped.items()
        }
        return Report(recording, self._subject.name, tuple(comparisons), skipped, self._labels, None, seconds)
