"""Groups and rank intervals: where an area stands, without ranking single wijken.

docs/method.md §3: only groups (fifths, of at least 5 areas), or an interval of ranks.
"""

from __future__ import annotations

from collections.abc import Sequence
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

from wijkprofiel.model import RankInterval, ReferenceStats

Numbers = NDArray[np.float64]

FIFTHS = (20.0, 40.0, 60.0, 80.0)
"""Percentiles between the five groups; a border belongs to the lower group."""

FEWEST = 5
"""Areas that groups and ranks need."""

LEVEL = 0.05
"""Chance that is accepted that an interval of ranks misses."""


def group(value: float, stats: ReferenceStats | None) -> int | None:
    """Return the fifth of the reference that a value lies in, 1 (lowest) to 5."""
    if stats is None or stats.n < FEWEST:
        return None
    return 1 + sum(value > stats.percentiles[border] for border in FIFTHS)


def ranks(
    values: Sequence[float] | Numbers, errors: Sequence[float] | Numbers, place: int, sign: int
) -> RankInterval | None:
    """Return the ranks that one of several areas may have, 1 = most favourable.

    Every other area is compared with it, with the errors of both: z = d/√(se₁² + se₂²). One
    that surely is better keeps it from the ranks above, one that surely is worse from those
    below. The n − 1 comparisons share the 5 % (Bonferroni), so that the interval as a whole
    holds the true rank in at least 95 of 100 cases.

    Args:
        values: shape (areas,), NaN where there is no figure.
        errors: shape (areas,), standard errors; NaN where there is no margin.
        place: of the area.
        sign: +1 where higher is favourable (or neutral: rank 1 is the highest), −1 where lower.

    Returns:
        None with fewer than :data:`FEWEST` figures, or where a figure has no margin.

    Reference: Klein, Wright and Wieczorek (2020), A joint confidence region for an overall
    ranking of populations, JRSS C 69; Mogstad, Romano, Shaikh and Wilhelm (2024), Inference for
    ranks, Review of Economic Studies 91.

    Example:
        >>> ranks([10, 20, 30, 31, 50], [1.0] * 5, place=2, sign=1)
        RankInterval(best=2, worst=3, among=5)
    """
    x = np.asarray(values, dtype=np.float64)
    there = ~np.isnan(x)
    se = np.asarray(errors, dtype=np.float64)
    among = int(there.sum())
    if among < FEWEST or not there[place] or np.isnan(se[there]).any():
        return None
    surely = NormalDist().inv_cdf(1 - LEVEL / (2 * (among - 1)))
    difference = sign * (x[there] - x[place])
    room = surely * np.hypot(se[there], se[place])
    better = int((difference > room).sum())
    worse = int((-difference > room).sum())
    return RankInterval(best=1 + better, worst=among - worse, among=among)
