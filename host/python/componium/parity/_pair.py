"""Two plugins side by side."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from componium._calls.functions import exported_functions, find_function
from componium._calls.mentions import signature_of, unsupported
from componium._calls.simplest import simplest
from componium._errors import ContractError
from componium.parity._agreement import Agreement
from componium.parity._case import Case
from componium.parity._report import Difference
from componium.parity._rules import EXACT
from componium.parity._source_line import source_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from componium._bindgen import model
    from componium._calls.functions import WorldFunction
    from componium._calls.trace import Call
    from componium._calls.values import Json
    from componium.parity._rules import Rules
    from componium.parity._subject import Subject


LONGEST = 200
"""Of how many calls in a row single ones are left out."""


class Pair:
    """Two plugins, and the functions that both have."""

    def __init__(self, a: Subject, b: Subject, contract: model.World | None = None) -> None:
        """Find what can be compared.

        Args:
            a: The first plugin.
            b: The second one.
            contract: The contract that both implement; by default what both export is compared.

        Raises:
            ContractError: Functions of one name have different types, or nothing can be compared.
        """
        self.a, self.b = a, b
        self.asked: set[str] = set()
        """What the plugins have asked of the application, by name, since somebody cleared it."""
        self.skipped: dict[str, str] = {}
        self.functions = {each.name: each for each in self._shared(contract)}
        self.imports = {**b.imports, **a.imports}
        self._agreement = Agreement(a.world, a.exports, self.imports)
        self._check()

    def _shared(self, contract: model.World | None) -> Iterator[WorldFunction]:
        for name in {**self.a.exports, **self.b.exports}:
            one, other = self.a.exports.get(name), self.b.exports.get(name)
            if one is None or other is None:
                alone, subject = (one, self.a) if other is None else (other, self.b)
                self.skipped[alone.label if alone else name] = f"only {subject.name} exports it"
                continue
            reason = unsupported(self.a.world, one)
            if contract is not None and name not in exported_functions(contract):
                reason = "the contract does not ask for it"
            if reason is None:
                yield one
            else:
                self.skipped[one.label] = reason

    def _check(self) -> None:
        problems = [
            f"{function.label} has other types in {self.b.name} than in {self.a.name}"
            for name, function in self.functions.items()
            if signature_of(self.a.world, function) != signature_of(self.b.world, self.b.exports[name])
        ]
        if not self.functions:
            problems.append(f"{self.a.name} and {self.b.name} export nothing in common that can be called")
        if problems:
            raise ContractError("\n  - ".join(["these plugins cannot be compared:", *problems]), problems)

    def find(self, names: Iterable[str]) -> list[WorldFunction]:
        """Find functions by any of their names.

        Raises:
            ValueError: There is none of a name.
        """
        return [find_function(self.functions, name) for name in names]

    def resolve(self, case: Case) -> Case:
        """Return a case with the names in WIT of its functions, and without answers for functions that nobody imports.

        Raises:
            ValueError: There is no function of a name.
        """
        calls = [replace(call, function=find_function(self.functions, call.function).name) for call in case.calls]
        answers = {name: each for name, each in case.answers.items() if name in self.imports}
        return replace(case, calls=tuple(calls), answers=answers)

    def difference(self, case: Case, rules: Mapping[str, Rules]) -> Difference | None:
        """Run a case on both sides and return the first call that differs.

        Args:
            case: The calls.
            rules: How equal the calls of each function have to be, by name.
        """
        asked: set[str] = set()
        made: list[Call] = []
        for a, b in zip(self.a.run(case), self.b.run(case), strict=False):
            made.append(a.call)
            asked.update(each.function for each in (*a.host_calls, *b.host_calls))
            self.asked |= asked
            found = self._agreement.disagreements(a, b, rules.get(a.call.function, EXACT))
            if found:
                short = Case(tuple(made), self._needed(case.answers, asked), case.name)
                lines = (source_line(self.a, short), source_line(self.b, short))
                return Difference(self.functions[a.call.function].label, short, found, a, b, lines)
        return None

    def shortened(self, difference: Difference, rules: Mapping[str, Rules]) -> Difference:
        """Leave out the calls in a row that a difference does not need."""
        alone = self.difference(replace(difference.case, calls=difference.case.calls[-1:]), rules)
        if alone is not None:
            return alone
        at = 0
        while at < len(difference.case.calls) - 1 <= LONGEST:
            calls = difference.case.calls
            fewer = replace(difference.case, calls=(*calls[:at], *calls[at + 1 :]))
            found = self.difference(fewer, rules)
            if found is None:
                at += 1
            else:
                difference = found
        return difference

    def _needed(self, answers: Mapping[str, tuple[Json, ...]], asked: set[str]) -> dict[str, tuple[Json, ...]]:
        """Leave out answers that nobody asked for, and those that are given anyway."""
        sides = {name: self.a if name in self.a.imports else self.b for name in answers if name in asked}
        plain = {name: (simplest(side.world, side.imports[name].result),) for name, side in sides.items()}
        return {name: answers[name] for name in sides if answers[name] != plain[name]}
