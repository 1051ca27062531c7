"""Comparing two plugins."""

from __future__ import annotations

import time
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from componium._calls.mentions import resources_taken
from componium._calls.worlds import world_of
from componium._recording.cases import recorded_cases
from componium.parity._case import Case
from componium.parity._case_file import read_case_file
from componium.parity._pair import Pair
from componium.parity._report import Comparison, Report
from componium.parity._rules import EXACT, Rules
from componium.parity._setting import Setting
from componium.parity._subject import Subject

if TYPE_CHECKING:
    import os
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping

    from hypothesis.strategies import SearchStrategy

    from componium._calls.functions import WorldFunction
    from componium._contract import Contract
    from componium._strategies.search import Search
    from componium.parity._report import Difference
    from componium.parity._setting import Host

EXAMPLES = 100
"""How many cases are generated for each function, unless another number is asked for."""
STEPS = 10
"""How many generated calls there are in a row at most, unless another number is asked for."""
FIRST = 10
"""How many cases, at least, show what the plugins ask of the application."""
IN_A_ROW = "calls in a row"
"""The name of the comparison of such calls."""


def compare(  # noqa: PLR0913  # each option is a decision of its own, with a default
    a: object,
    b: object,
    *,
    contract: Contract | None = None,
    cases: Iterable[Case | str | os.PathLike[str]] = (),
    examples: int = EXAMPLES,
    steps: int = STEPS,
    seed: int = 0,
    functions: Iterable[str] | None = None,
    rules: Mapping[str, Rules] | None = None,
    default: Rules = EXACT,
    inputs: Mapping[str, SearchStrategy[tuple[Any, ...]]] | None = None,
    host: Host | None = None,
    trust: bool = False,
    progress: Callable[[str, int, int], object] | None = None,
    **options: Any,
) -> Report:
    """Find out whether two plugins do the same: results, errors, and calls of the application's functions.

    Every case runs on a new instance of each plugin: first the given cases, then generated ones for each function, then
    generated calls in a row, which reach state and resources. What differs is made as small as possible.

    Args:
        a: The first plugin, or what `componium.load` takes.
        b: The second one, of any kind.
        contract: What both must implement; its functions are compared. By default those that both export.
        cases: Cases, and paths of case files (`.toml`, with rules too) and recordings.
        examples: How many cases are generated for each function, and of calls in a row; 0 for none. More than 0 needs
            `pip install componium[testing]`.
        steps: How many generated calls there are in a row at most; 1 for none.
        seed: What the generated cases follow from: the same seed gives the same cases.
        functions: The functions to compare, named as for `componium.strategies.arguments`; by default all.
        rules: By function, how equal its calls have to be.
        default: The rules of all other functions.
        inputs: By function, a strategy for the tuple of its arguments, where those of the types are not to the point.
        host: What both plugins import: imports as for `Component.instantiate`, a function that makes them for each
            instance, or where one of these is found, as `MODULE:OBJECT`. By default the answers are generated too.
        trust: As for `componium.load`.
        progress: Called before each case with the name of what is compared, the number of the case, and how many there
            will be.
        options: As for `Component.instantiate`, for all instances.

    Returns:
        What was compared, and every difference.

    Raises:
        ContractError: A plugin does not implement the contract, or the two have nothing in common.
        ValueError: A function, case or rule is wrong.
        ModuleNotFoundError: Cases are to be generated, but Hypothesis is not installed.
    """
    begin = time.perf_counter()
    setting = Setting.of(host, contract, options, trust=trust)
    one, other = (Subject(source, setting) for source in (a, b))
    pair = Pair(one, other, None if contract is None else world_of(contract))
    chosen = pair.find(functions) if functions is not None else list(pair.functions.values())
    given, found_rules = _given(cases, pair)
    named = {function.name: each for name, each in (rules or {}).items() for function in pair.find([name])}
    comparing = _Comparing(
        pair, {**dict.fromkeys(pair.functions, default), **found_rules, **named}, progress or (lambda *_: None)
    )
    comparisons = [comparing.given(given)] if given else []
    if examples:
        strategies = {function.name: each for name, each in (inputs or {}).items() for function in pair.find([name])}
        comparisons += comparing.generated(chosen, strategies, examples, steps, seed)
    labels = {name: each.label for name, each in {**pair.functions, **pair.imports}.items()}
    seconds = time.perf_counter() - begin
    names = (one.name, other.name) if one.name != other.name else (one.source, other.source)
    return Report(*names, tuple(comparisons), pair.skipped, labels, seed if examples else None, seconds)


def _given(cases: Iterable[Case | str | os.PathLike[str]], pair: Pair) -> tuple[list[Case], dict[str, Rules]]:
    """Read cases and rules from files."""
    found: list[Case] = []
    rules: dict[str, Rules] = {}
    for each in cases:
        if isinstance(each, Case):
            found.append(each)
        elif Path(each).suffix == ".toml":
            file = read_case_file(Path(each), pair.functions, pair.imports)
            found += file.cases
            rules |= file.rules
        else:
            found += recorded_cases(each)
    return [pair.resolve(case) for case in found], rules


class _Comparing:
    """Runs cases on a pair."""

    def __init__(self, pair: Pair, rules: Mapping[str, Rules], progress: Callable[[str, int, int], object]) -> None:
        self._pair = pair
        self._rules = rules
        self._progress = progress

    def given(self, cases: list[Case]) -> Comparison:
        """Run cases of the application."""
        found: list[Difference] = []
        for number, case in enumerate(cases, 1):
            self._progress("given cases", number, len(cases))
            difference = self._pair.difference(case, self._rules)
            if difference is not None:
                found.append(self._pair.shortened(difference, self._rules))
        return Comparison("given cases", len(cases), tuple(found))

    def generated(
        self,
        functions: list[WorldFunction],
        inputs: Mapping[str, SearchStrategy[tuple[Any, ...]]],
        examples: int,
        steps: int,
        seed: int,
    ) -> Iterator[Comparison]:
        """Run generated cases: of each function, then of those that agreed in a row."""
        # Hypothesis is not needed, and may not be there, where all cases are given.
        from componium._strategies.cases import Generator  # noqa: PLC0415

        generator = Generator(self._pair, functions, inputs)
        agreed = list(functions)
        for function in functions:
            if resources_taken(self._pair.a.world, function):
                continue  # only a call before it can give it a handle
            make = partial(generator.single, function)
            comparison = self._search(function.label, make, examples, seed)
            yield replace(comparison, rules=self._rules[function.name])
            if comparison.differences:
                agreed.remove(function)
        if steps > 1 and agreed:
            yield self._search(IN_A_ROW, partial(generator.in_a_row, agreed, steps), examples, seed)

    def _search(
        self, name: str, make: Callable[[Collection[str]], SearchStrategy[Case]], examples: int, seed: int
    ) -> Comparison:
        """Look for a difference: some cases show what the plugins ask, which is then answered in all others.

        A contract may offer many functions, of which a plugin asks few: answering all takes longer than all else.
        """
        first = min(examples, max(FIRST, examples // 10))
        answered: set[str] = set()
        self._pair.asked.clear()
        result = self._round(name, make(answered), first, ~seed)
        tried, more = result.tried, examples - first if result.tried == first else 0
        while result.found is None and (more or self._pair.asked > answered):
            answered = set(self._pair.asked)
            result = self._round(name, make(sorted(answered)), more or examples, seed)
            tried, more = tried + result.tried, 0
        if result.found is None:
            return Comparison(name, tried)
        smallest = result.found if result.unstable else self._pair.shortened(result.found, self._rules)
        return Comparison(name, tried, (replace(smallest, unstable=result.unstable),))

    def _round(self, name: str, cases: SearchStrategy[Case], examples: int, seed: int) -> Search[Difference]:
        from componium._strategies.search import search  # noqa: PLC0415  # as above

        run = 0

        def check(case: Case) -> Difference | None:
            nonlocal run
            run += 1
            self._progress(name, run, examples)
            return self._pair.difference(case, self._rules)

        return search(cases, check, examples=examples, seed=seed)
