"""The false discovery rate, once over all tested verdicts of a profile (docs/method.md §3).

Of sixty tests three come out different by chance alone. So the verdicts of one profile are held
together, over all indicators and comparators, also those that found nothing: what does not hold
then is not told as a difference, in any document.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from wijkprofiel.model import Comparisons, Framework, ReferenceStats, Topic, Verdict
from wijkprofiel.scoring import compare

LEVEL = 0.05
"""Chance that one 95 % interval excludes a comparator that is no different."""

Side = Literal["against_gemeente", "against_country", "against_similar"]
SIDES: tuple[Side, ...] = ("against_gemeente", "against_country", "against_similar")
"""The verdicts of a topic."""


def adjusted(p: Sequence[float]) -> NDArray[np.float64]:
    """Return Benjamini-Hochberg adjusted p-values, in the order of ``p``.

    The k-th smallest of m becomes the least of m·p₍ⱼ₎/j over j ≥ k, at most 1: the false
    discovery rate at which it would just be kept. NaN is no test: it stays NaN, and does not
    count in m. Equal to R's ``p.adjust(p, "BH")``.

    Reference: Benjamini and Hochberg (1995), Controlling the false discovery rate, JRSS B 57;
    their step-up procedure holds for independent and for positively dependent tests.

    Example:
        >>> adjusted([0.04, 0.01, 0.03]).tolist()
        [0.04, 0.03, 0.04]
    """
    x = np.asarray(p, dtype=np.float64)
    m = int((~np.isnan(x)).sum())
    order = np.argsort(-x, kind="stable")[:m]  # the largest first; NaN comes after all others
    steps = m / np.arange(m, 0, -1)
    found = np.full_like(x, np.nan)
    found[order] = np.minimum(np.minimum.accumulate(steps * x[order]), 1.0)
    return found


def control(
    topics: Mapping[str, Topic], yardstick: Framework
) -> tuple[dict[str, Topic], Comparisons | None]:
    """Return the topics with the verdicts that hold together, and how many were tested.

    A verdict whose difference does not hold at the framework's false discovery rate becomes
    vergelijkbaar where its interval lies within the band, else niet zeker; it says ``chance``.

    Args:
        topics: by id, with the verdicts of each test by itself.
        yardstick: the framework that gives the rate, the bands and the least number of
            reference areas.

    Returns:
        The topics in the same order, and None instead of numbers where nothing was tested.
    """
    tests = [
        (name, side, verdict)
        for name, topic in topics.items()
        for side in SIDES
        if (verdict := getattr(topic, side)) is not None and verdict.p is not None
    ]
    if not tests:
        return dict(topics), None
    rate = yardstick.testing.false_discovery
    held = adjusted([verdict.p for _, _, verdict in tests]) <= rate
    found = dict(topics)
    withdrawn = 0
    for (name, side, verdict), holds in zip(tests, held, strict=True):
        if verdict.strength and not holds:
            withdrawn += 1
            found[name] = _withdrawn(found[name], side, verdict, yardstick)
    claims = sum(verdict.strength > 0 for _, _, verdict in tests)
    return found, Comparisons(
        tested=len(tests),
        by_chance=len(tests) * LEVEL,
        different=claims - withdrawn,
        withdrawn=withdrawn,
        rate=rate,
    )


def _withdrawn(topic: Topic, side: Side, verdict: Verdict, yardstick: Framework) -> Topic:
    stats: ReferenceStats | None = topic.reference
    if stats is not None and stats.n < yardstick.reference.minimum:
        stats = None
    less = compare.unproven(verdict, topic.figure, stats, yardstick.bands, topic.direction)
    less = replace(less, chance=True)
    match side:
        case "against_gemeente":
            return replace(topic, against_gemeente=less)
        case "against_country":
            return replace(topic, against_country=less)
        case "against_similar":
            return replace(topic, against_similar=less)
