"""Names of a generated module's classes, all different and independent of the order of things."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable

RESERVED = frozenset({"Flag", "Protocol", "Self", "Sequence", "StrEnum", "TypeAlias", "Unpack"})
"""What generated modules import by name."""


@dataclass(frozen=True)
class Claim:
    """What wants a name."""

    key: Hashable
    ladder: tuple[str, ...]
    """The names that it may have, the shortest first."""
    rank: int
    """Of things that want the same name, that of lowest rank gets it; things of equal rank all take another."""


def choose_names(claims: Iterable[Claim], reserved: frozenset[str]) -> dict[Hashable, str]:
    """Give each claim the first name of its ladder that nothing else needs.

    Args:
        claims: What wants names; of claims with one key, the first counts.
        reserved: Names that nothing may have.

    Returns:
        The name for each key.
    """
    first: dict[Hashable, Claim] = {}
    for claim in claims:
        first.setdefault(claim.key, claim)
    claims = list(first.values())
    steps = {claim.key: 0 for claim in claims}
    while True:
        wanted: dict[str, list[Claim]] = defaultdict(list)
        for claim in claims:
            wanted[_name(claim, steps[claim.key])].append(claim)
        losers = [loser for name, group in wanted.items() for loser in _losers(name, group, reserved)]
        if not losers:
            return {claim.key: name for name, [claim] in wanted.items()}
        for claim in losers:
            steps[claim.key] += 1


def _losers(name: str, group: list[Claim], reserved: frozenset[str]) -> list[Claim]:
    """Say which claims must take another name."""
    if name in reserved:
        return group
    least = min(claim.rank for claim in group)
    winners = [claim for claim in group if claim.rank == least]
    if len(winners) > 1 and not any(name == winner.ladder[-1] or name.endswith("_") for winner in winners):
        return group
    return [claim for claim in group if claim is not winners[0]]


def _name(claim: Claim, step: int) -> str:
    """Return a name of the ladder; beyond its end, the last one with underscores."""
    beyond = max(0, step - len(claim.ladder) + 1)
    return claim.ladder[min(step, len(claim.ladder) - 1)] + "_" * beyond
