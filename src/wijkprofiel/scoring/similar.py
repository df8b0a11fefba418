"""Wijken that look like an area: nearest on a few standardised indicators.

An optional comparator beside gemeente and country (``similar`` in wijkprofiel.yaml): what do
wijken with the same stedelijkheid, ages and incomes have?
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from wijkprofiel.model import Figure, Status
from wijkprofiel.scoring.difference import se_of_figure
from wijkprofiel.scoring.uncertainty import Z95

Numbers = NDArray[np.float64]

COMPARATOR = "similar"
"""Stands as the comparator of a verdict against similar wijken, instead of a code."""

FEWEST = 5
"""Figures that a mean of similar wijken needs."""

NOISE = 9
"""Decimals of a distance that count: a tie is a tie on every machine."""


@dataclass(frozen=True, slots=True)
class Likeness:
    """All reference wijken as points in standardised indicators.

    Attributes:
        codes: sorted, shape (wijken,).
        points: shape (wijken, indicators), in SDs of the reference; a wijk that lacks one of the
            indicators is not among them.
        sd: shape (indicators,), SD (ddof=1) over all reference wijken with a value.
    """

    codes: tuple[str, ...]
    points: Numbers
    sd: Numbers

    def nearest(
        self, here: Sequence[float | None], leave_out: Collection[str], count: int
    ) -> tuple[str, ...]:
        """Return the wijken at the smallest Euclidean distance, the nearest first.

        Args:
            here: the area's own values, in the order of the indicators.
            leave_out: codes that are not to be found: the area's own parts.
            count: how many.

        Returns:
            Codes; of equally near ones the lowest first. None at all where the area lacks one of
            the indicators.
        """
        values = [value for value in here if value is not None]
        if len(values) < len(here):
            return ()
        point = _divided(np.array(values), self.sd)
        distance = np.round(np.sqrt(((self.points - point) ** 2).sum(axis=1)), NOISE)
        order = np.argsort(distance, kind="stable")  # the codes are sorted
        found = (self.codes[position] for position in order)
        return tuple([code for code in found if code not in leave_out][:count])


def likeness(codes: Sequence[str], values: Numbers) -> Likeness:
    """Return reference wijken as points.

    Args:
        codes: of all reference wijken, any order.
        values: shape (wijken, indicators); classes as numbers, NaN where missing.

    Example:
        >>> made = likeness(["b", "a", "c"], np.array([[1.0, 10], [2, 20], [3, 30]]))
        >>> made.nearest([2.9, 29], leave_out={"c"}, count=2)
        ('a', 'b')
    """
    whole = set(np.flatnonzero((~np.isnan(values)).all(axis=1)).tolist())
    order = [i for i in sorted(range(len(codes)), key=lambda i: codes[i]) if i in whole]
    sd = np.array([float(np.std(x[~np.isnan(x)], ddof=1)) if _some(x) else 0.0 for x in values.T])
    return Likeness(
        tuple(codes[i] for i in order), _divided(values[order].reshape(-1, len(sd)), sd), sd
    )


def _some(x: Numbers) -> bool:
    return bool((~np.isnan(x)).sum() > 1)


def _divided(values: Numbers, sd: Numbers) -> Numbers:
    """An indicator on which all wijken are alike says nothing about likeness."""
    return np.divide(values, sd, out=np.zeros_like(values, dtype=np.float64), where=sd > 0)


def mean(figures: Iterable[Figure], indicator: str, period: str) -> Figure | None:
    """Return the plain mean of the figures of similar wijken; None with fewer than five.

    Each wijk counts once. Its standard error, where all have margins, is that of a mean of
    independent figures: √(Σ se²)/k.

    Args:
        figures: of the similar wijken, also those without a value.
        indicator: that they are about.
        period: of the figures.
    """
    found = list(figures)
    known = [figure for figure in found if figure.value is not None]
    if len(known) < FEWEST:
        return None
    value = math.fsum(figure.value or 0.0 for figure in known) / len(known)
    errors = [error for figure in known if (error := se_of_figure(figure)) is not None]
    half = None
    if len(errors) == len(known):
        half = Z95 * math.sqrt(math.fsum(error**2 for error in errors)) / len(known)
    return Figure(
        indicator,
        period,
        value,
        Status.OK,
        lower=None if half is None else value - half,
        upper=None if half is None else value + half,
        source=next((figure.source for figure in known if figure.source), ""),
        derived=True,
        coverage=len(known) / len(found),
    )


def value_of_parts(
    values: Mapping[str, float | None], people: Mapping[str, int | None]
) -> float | None:
    """Return the mean of the parts of an area, weighted by inhabitants, to find its like with.

    For measures that have no published figure for several areas together (a class, a median);
    it is printed nowhere. None where a part has no value, or no known inhabitants.
    """
    weights = {code: people.get(code) for code in values}
    if not values or any(value is None for value in values.values()):
        return None
    total = math.fsum(weight or 0 for weight in weights.values())
    if any(weight is None for weight in weights.values()) or total == 0:
        return None
    return math.fsum((values[code] or 0.0) * (weights[code] or 0) for code in values) / total
