"""In how many scenarios the verdict on a domain stands, and which slot turns it most often.

The scenarios are those of :mod:`wijkprofiel.scoring.scenarios`. A verdict stands in one where its
outcome is the same; strength does not count. Two figures that are equal on paper play no part: a
domain has no printed figure.

* A verdict by band is judged by the same bands, in SDs of the scenario.
* A verdict by test is judged by the same test, with the error worked out in the scenario itself:
  every indicator's figure moves to the least and then to the most favourable end of its 95 %
  interval (± 1.96 standard errors of the difference), all of them at once because their errors
  may go together fully, and each end goes through the normalisation, the weights and the
  aggregation of the scenario. Every step is monotone, so what comes out are the ends of the
  difference's interval. For z-scores and an arithmetic mean this is z ∓ 1.96 · Σ w·se / Σ w, the
  interval that the verdict itself rests on.

A percentile and a goalpost saturate: far out the differences shrink, and the errors with them, not
always to the same amount on both sides. That is why the two ends are kept apart instead of half
their distance. Where a whole interval lies beyond the goalposts its two ends meet; then the sign of
the difference decides, because wherever the true figure lies in its interval the scenario says the
same. Where the comparator lies beyond them too there is no difference at all, and the scenario says
vergelijkbaar: it cannot tell the two apart, and such a claim does not stand in it.

docs/method.md §2.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from wijkprofiel.model import Bands, Domain, Framework, Outcome, Robustness, Sensitivity, Steadiness
from wijkprofiel.scoring import compare, scenarios
from wijkprofiel.scoring.scenarios import Aggregation, Mask, Measures
from wijkprofiel.scoring.uncertainty import Z95

Numbers = NDArray[np.float64]
Counts = NDArray[np.int64]
Codes = NDArray[np.int8]

CODES: Mapping[Outcome, int] = MappingProxyType(
    {Outcome.UNFAVOURABLE: -1, Outcome.SIMILAR: 0, Outcome.FAVOURABLE: 1, Outcome.UNCERTAIN: 2}
)
"""Outcomes that a verdict on a domain can have."""

TOLERANCE = 0.5 * 10.0**-compare.NOISE
"""A border belongs to the milder word, also where binary fractions put z a hair beyond it."""


@dataclass(frozen=True, slots=True)
class Standing:
    """How the verdicts of several areas stand; every array has shape (areas,).

    Attributes:
        tried: number of scenarios; 0 where there was none.
        stood: in how many of them the outcome was the same.
        flips: index of the slot without which the outcome differs most often, of several the one
            whose id comes first; −1 where it differs as often with all slots, so that no slot
            is to be named.
        flips_share: share of the scenarios without that slot in which it differs.
    """

    tried: Counts
    stood: Counts
    flips: Counts
    flips_share: Numbers


@dataclass(frozen=True, slots=True)
class Differences:
    """The areas of one domain, what they are compared with, and the verdicts to be judged.

    Attributes:
        own: per indicator an array of shape (areas,), in its unit, NaN where missing.
        other: the comparator's figures, likewise; an indicator counts where both have it.
        verdicts: of :data:`CODES`, shape (areas,).
        se: for verdicts by test, per indicator the standard error of the difference, likewise in
            its unit. A verdict is judged by test where every indicator that counts has one, and
            by band where not.
    """

    own: Mapping[str, Numbers]
    other: Mapping[str, Numbers]
    verdicts: Codes
    se: Mapping[str, Numbers] = field(default_factory=dict)


def standing(
    framework: Framework,
    domain: Domain,
    sds: Numbers,
    differences: Differences,
    known: Measures,
) -> Standing:
    """Return how the verdicts of ``differences`` stand in all scenarios.

    Args:
        framework: gives bands and the rules of the scenarios.
        domain: one of its domains, with slots.
        sds: its yardstick, from :func:`wijkprofiel.scoring.scenarios.yardsticks` or a file.
        differences: the areas and their comparators.
        known: from :func:`wijkprofiel.scoring.scenarios.measures`.
    """
    areas, slots = len(differences.verdicts), len(domain.slots)
    tried, stood = np.zeros((2, areas, slots + 1), dtype=np.int64)
    figures, tested = _figures(domain, differences, known)
    drawn = scenarios.weight_sets(domain, framework.sensitivity)
    sets = drawn.reshape(-1, slots).T
    for method in scenarios.NORMALISATIONS if figures else ():
        found = scenarios.parts(framework, domain, method, figures, known)
        there = ~np.isnan(found.slots[:areas])
        left = _left(there)
        for rows in _chunks(areas, sets.shape[1]):
            present = there[rows] @ sets
            present[present == 0] = 1.0  # nothing is left: z is 0, and does not count
            for aggregation in scenarios.AGGREGATIONS:
                sd = sds[scenarios.WAYS.index((method, aggregation))]
                usable = (sd > 0).all(axis=1)
                sides = found.of(aggregation).reshape(-1, areas, slots)[:, rows]
                weighing = _Weighing(aggregation, sets, np.where(usable[:, None], sd, 1.0).ravel())
                codes = weighing.codes(sides, there[rows], present, tested[rows], framework.bands)
                same = (codes == differences.verdicts[rows, None]).reshape(-1, *drawn.shape[:2])
                counted = left[rows] & usable
                stood[rows] += np.count_nonzero(same, axis=2) * counted
                tried[rows] += counted * drawn.shape[1]
    return _standing(tried, stood, [slot.id for slot in domain.slots])


def by_band(z: Numbers, bands: Bands) -> Codes:
    """Return the outcome of each difference by band, of :data:`CODES`.

    Args:
        z: differences in SDs, + is favourable, of any shape.
        bands: borders of the words; only that of vergelijkbaar counts.

    Example:
        >>> by_band(np.array([0.5, 0.6, -0.6]), Bands()).tolist()
        [0, 1, -1]
    """
    border = bands.similar + TOLERANCE
    found = (z > border).astype(np.int8)
    found -= z < -border
    return found


def by_test(low: Numbers, high: Numbers, bands: Bands) -> Codes:
    """Return the outcome of each difference by test, of :data:`CODES`.

    Args:
        low: the unfavourable ends of their 95 % intervals, in SDs, + is favourable.
        high: the favourable ends, of the same shape.
        bands: vergelijkbaar is an interval wholly within its border.

    Example:
        >>> low, high = np.array([0.1, -0.35, -0.6, -2.0]), np.array([0.9, 0.45, 0.2, -2.0])
        >>> by_test(low, high, Bands()).tolist()
        [1, 0, 2, -1]
    """
    found = (low > TOLERANCE).astype(np.int8)
    found -= high < -TOLERANCE
    wide = np.maximum(-low, high) > bands.similar + TOLERANCE
    found[(found == 0) & wide] = CODES[Outcome.UNCERTAIN]
    return found


def robustness(found: Standing, area: int, domain: Domain, rules: Sensitivity) -> Robustness | None:
    """Return what is printed of one area; None where no scenario could be tried.

    Args:
        found: of several areas.
        area: its position.
        domain: whose slots ``found`` names.
        rules: give the shares from which a verdict is stevig or redelijk.
    """
    tried = int(found.tried[area])
    if tried == 0:
        return None
    share = int(found.stood[area]) / tried
    word = Steadiness.SENSITIVE
    if share >= rules.fair:
        word = Steadiness.STEADY if share >= rules.steady else Steadiness.FAIR
    flips = int(found.flips[area])
    name = "" if flips < 0 else domain.slots[flips].id
    return Robustness(word, share, tried, name, float(found.flips_share[area]))


def _figures(
    domain: Domain, differences: Differences, known: Measures
) -> tuple[dict[str, Numbers], Mask]:
    """Return the figures of the domain's indicators that both have, and which areas are tested.

    The figures are of all areas and then of what they meet; where any area is tested, then of all
    areas once more at the unfavourable and at the favourable end of their intervals.
    """
    names = {part.id for slot in domain.slots for part in slot.indicators}
    names &= differences.own.keys() & differences.other.keys() & known["z"].keys()
    areas = len(differences.verdicts)
    tested = np.full(areas, bool(differences.se))
    figures, ends = {}, {}
    for name in names:
        pair = np.array([differences.own[name], differences.other[name]])
        missing = np.isnan(pair).any(axis=0)
        figures[name] = np.where(missing, np.nan, pair)
        move = known["z"][name].sign * Z95 * differences.se.get(name, np.full(areas, np.nan))
        ends[name] = figures[name][0] + np.outer([-1, 1], move)
        tested &= missing | ~np.isnan(move)
    if tested.any():
        figures = {name: np.concatenate([pair, ends[name]]) for name, pair in figures.items()}
    return {name: lines.reshape(-1) for name, lines in figures.items()}, tested


def _left(there: Mask) -> Mask:
    """Return which slots can be left out, (areas, 1 + slots), first none: one stays at least."""
    count = there.sum(axis=1)[:, None]
    return np.hstack([count > 0, there & (count > 1)])


@dataclass(frozen=True, slots=True)
class _Weighing:
    """One aggregation by all sets of weights, (slots, sets), and the SD by each, (sets,)."""

    aggregation: Aggregation
    sets: Numbers
    sd: Numbers

    def codes(
        self, sides: Numbers, there: Mask, present: Numbers, tested: Mask, bands: Bands
    ) -> Codes:
        """Return the outcome of every area by every set.

        Args:
            sides: the lines of :func:`_figures` as slots, (lines, areas, slots).
            there: which slots are, (areas, slots).
            present: weight of those slots, (areas, sets), nowhere zero.
            tested: which areas are judged by test.
            bands: borders of the words.
        """
        found = by_band(self._difference(sides[:2], there, present), bands)
        if tested.any():
            low, high = (
                self._difference(sides[[end, 1]][:, tested], there[tested], present[tested])
                for end in (2, 3)
            )
            found[tested] = by_test(low, high, bands)
        return found

    def _difference(self, sides: Numbers, there: Mask, present: Numbers) -> Numbers:
        """Return the difference of two sides, (2, areas, slots), in SDs."""
        own, other = np.where(there, sides, 0.0)
        if self.aggregation == "arithmetic":
            found = scenarios.weighted(own - other, self.sets, present, self.aggregation)
        else:
            found = scenarios.weighted(own, self.sets, present, self.aggregation)
            # Many areas share a comparator: each is worked out once.
            alike = np.column_stack([other, there])
            _, first, which = np.unique(alike, axis=0, return_index=True, return_inverse=True)
            once = scenarios.weighted(other[first], self.sets, present[first], self.aggregation)
            found -= once[which]
        found /= self.sd
        return found


def _chunks(areas: int, width: int) -> Iterator[slice]:
    step = max(1, scenarios.CELLS // width)
    for start in range(0, areas, step):
        yield slice(start, start + step)


def _standing(tried: Counts, stood: Counts, names: list[str]) -> Standing:
    """Return the sums over the scenarios, and the slot that turns the verdict most often."""
    share = np.divide(tried - stood, tried, out=np.zeros(tried.shape), where=tried > 0)
    order = np.argsort(np.array(names), kind="stable")
    without = share[:, 1:][:, order]
    first = without.argmax(axis=1)
    most = without[np.arange(len(without)), first]
    turns = most > share[:, 0]
    return Standing(
        tried=tried.sum(axis=1),
        stood=stood.sum(axis=1),
        flips=np.where(turns, order[first], -1),
        flips_share=np.where(turns, most, 0.0),
    )
