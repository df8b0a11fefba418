"""When two areas differ on a topic: by a test, or by one whole band.

Area a is more favourable than area b on a topic:

* where both figures have margins, if the 95 % interval of a − b, with se = √(se_a² + se_b²),
  excludes zero, the printed figures differ by one whole percentage point (other units: by one of
  the last printed decimal) or more, and the difference holds at the framework's false discovery
  rate (Benjamini-Hochberg) over all tested pairs and topics of the comparison;
* where one has none, if they lie more than one whole band (``bands.slight``, one SD of the
  reference areas) apart and do not read alike on paper.

Nothing is said of figures of different periods, or of areas that share people: their figures are
not independent.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from wijkprofiel.model import Bands, Framework, Indicator, OwnArea, Topic
from wijkprofiel.scoring.compare import NOISE
from wijkprofiel.scoring.difference import se_of_figure
from wijkprofiel.scoring.discovery import adjusted
from wijkprofiel.scoring.rounding import half_up
from wijkprofiel.scoring.uncertainty import Z95, p_value


@dataclass(frozen=True, slots=True)
class Pair:
    """Two areas on one topic.

    Attributes:
        sign: +1 the first is more favourable, −1 the second, 0 neither can be said.
        tested: by a test; else by the band.
    """

    sign: int
    tested: bool


Pairs = Mapping[tuple[int, int], Pair]
"""Per pair of areas (the smaller number first) what can be said of them on one topic."""


def pairs(
    areas: Sequence[OwnArea], topics: Mapping[str, Sequence[Topic]], framework: Framework
) -> dict[str, dict[tuple[int, int], Pair]]:
    """Return per topic what can be said of every pair of areas.

    Args:
        areas: in order; those that share people are never compared.
        topics: id → the topic of each area, in the same order.
        framework: bands and false discovery rate.
    """
    apart = [(a, b) for a, b in combinations(range(len(areas)), 2) if not overlap(areas[a],
             areas[b])]  # fmt: skip
    tests: dict[tuple[str, int, int], float] = {}
    found: dict[str, dict[tuple[int, int], Pair]] = {}
    for name, of in topics.items():
        found[name] = {}
        for a, b in apart:
            pair, p = _pair(of[a], of[b], framework.bands)
            found[name][a, b] = pair
            if p is not None:
                tests[name, a, b] = p
    held = adjusted(list(tests.values())) <= framework.testing.false_discovery
    for (name, a, b), holds in zip(tests, held, strict=True):
        if not holds:
            found[name][a, b] = Pair(0, tested=True)
    return found


def overlap(one: OwnArea, other: OwnArea) -> bool:
    """Return whether two areas share people: a part of the one lies in a part of the other."""
    return any(_holds(a.code, b.code) or _holds(b.code, a.code) for a in one.parts
               for b in other.parts)  # fmt: skip


def between(one: int, other: int, known: Pairs) -> Pair:
    """Return the pair as seen from ``one``; areas that share people say nothing."""
    if (one, other) in known:
        return known[one, other]
    pair = known.get((other, one), Pair(0, tested=False))
    return Pair(-pair.sign, pair.tested)


def _pair(one: Topic, other: Topic, bands: Bands) -> tuple[Pair, float | None]:
    """Return what two figures say of each other, and the p-value of a test."""
    a, b = one.figure, other.figure
    nothing = Pair(0, tested=False)
    if a.value is None or b.value is None or a.period != b.period:
        return nothing, None
    sign = -1 if one.direction == "worse" else 1
    first, second = se_of_figure(a), se_of_figure(b)
    if first is not None and second is not None:
        difference, se = a.value - b.value, math.hypot(first, second)
        claim = abs(difference) > Z95 * se and _differ(a.value, b.value, one.indicator, whole=True)
        turn = int(math.copysign(1, sign * difference)) if claim else 0
        return Pair(turn, tested=True), float(p_value(difference, se))
    if one.z is None or other.z is None:
        return nothing, None
    apart = round(one.z - other.z, NOISE)
    if abs(apart) <= bands.slight or not _differ(a.value, b.value, one.indicator, whole=False):
        return nothing, None
    return Pair(1 if apart > 0 else -1, tested=False), None


def _differ(one: float, other: float, indicator: Indicator, *, whole: bool) -> bool:
    """Return whether the printed figures differ; with ``whole`` by a whole percentage point."""
    decimals = indicator.decimals
    gap = abs(half_up(one, decimals) - half_up(other, decimals))
    least = 1.0 if whole and indicator.unit == "percent" else 10.0**-decimals
    return round(gap - least, NOISE) >= 0


def _holds(outer: str, inner: str) -> bool:
    return outer == inner or (len(outer) < len(inner) and inner[2:].startswith(outer[2:]))
