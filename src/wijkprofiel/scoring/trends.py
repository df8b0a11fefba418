"""What a trend says: a tested change, or a described one; and its place among the wijken.

docs/method.md §4. Only periods that may be compared come in here.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from wijkprofiel.model import Change, Figure, Placing
from wijkprofiel.scoring.difference import se_of_figure
from wijkprofiel.scoring.rounding import half_up
from wijkprofiel.scoring.uncertainty import Z95

Numbers = NDArray[np.float64]

SLOPE_POINTS = 5
"""Points from which on a slope is tested instead of the first and the last."""

SLOPE_LIMIT = 9.5495
"""Chi-square with one degree of freedom that a slope must exceed: p = 0.002 (Fingertips)."""

ONE_SIDED = 1.6449
"""z of a one-sided test at 5 %."""

WIJKEN = 5
"""Wijken with a comparable change that a placing needs."""

NOISE = 9
"""Decimals of a change that count."""


def change(figures: Sequence[Figure], decimals: int) -> Change | None:
    """Return what happened between the first and the last figure; None with fewer than two.

    Five or more points that all have margins: the weighted slope (w = 1/se²) with its
    chi-square, and every slope without one of the points of the same sign. Fewer, or margins at
    the ends only: z = Δ/√(se₁² + se₂²). Without margins: described by the figures as printed.

    Args:
        figures: of comparable periods, oldest first; those without a value are left out.
        decimals: that are printed.

    Reference: trend marker of Fingertips (OHID), PHEindicatormethods; docs/method.md §4.

    Example:
        >>> from wijkprofiel.model import Status
        >>> figure = Figure("x", "2016", 39.0, Status.OK, 37.04, 40.96)
        >>> later = Figure("x", "2020", 49.0, Status.OK, 47.04, 50.96)
        >>> found = change([figure, later], 0)
        >>> found.outcome, round(found.statistic, 2)  # 10/√2
        ('rise', 7.07)
    """
    known = [f for f in figures if f.value is not None]
    if len(known) < 2:
        return None
    first, last = known[0], known[-1]
    assert first.value is not None  # noqa: S101 - known
    assert last.value is not None  # noqa: S101
    difference = last.value - first.value
    told = (first.period, last.period, difference)
    errors = [se_of_figure(f) for f in known]
    if len(known) >= SLOPE_POINTS and all(errors):
        steady, statistic, sign = _slope(known, [e for e in errors if e])
        return Change(*told, True, _word(sign if steady else 0), statistic, "slope")
    if errors[0] and errors[-1]:
        statistic = difference / float(np.hypot(errors[0], errors[-1]))
        sign = int(np.sign(statistic)) if abs(statistic) > Z95 else 0
        return Change(*told, True, _word(sign), statistic, "two-periods")
    printed = half_up(last.value, decimals) - half_up(first.value, decimals)
    return Change(*told, False, _word(int(np.sign(printed)), "same"))


def slope(years: ArrayLike, values: ArrayLike, errors: ArrayLike) -> tuple[float, float]:
    """Return the weighted least-squares slope per year, and its chi-square (1 df).

    b = Σw(t − t̄)(y − ȳ)/Σw(t − t̄)² with w = 1/se² and weighted means; var(b) = 1/Σw(t − t̄)²,
    so that χ² = b²·Σw(t − t̄)².

    Example:
        >>> slope([0, 1, 2, 3, 4], [10, 12, 14, 16, 18], [1, 1, 1, 1, 1])
        (2.0, 40.0)
    """
    t, y = np.asarray(years, dtype=np.float64), np.asarray(values, dtype=np.float64)
    w = 1 / np.asarray(errors, dtype=np.float64) ** 2
    t = t - (w * t).sum() / w.sum()
    spread = (w * t**2).sum()
    b = float((w * t * y).sum() / spread)
    return b, float(b**2 * spread)


def _slope(figures: Sequence[Figure], errors: Sequence[float]) -> tuple[bool, float, int]:
    """Return whether the rule holds, the chi-square and the sign of the slope."""
    t, y = _years([f.period for f in figures]), np.array([f.value or 0.0 for f in figures])
    se = np.array(errors)
    b, statistic = slope(t, y, se)
    everyone = np.arange(len(t))
    without = [slope(t[k], y[k], se[k])[0] for k in (everyone != i for i in everyone)]
    sign = int(np.sign(round(b, NOISE)))
    alike = all(np.sign(round(other, NOISE)) == sign for other in without)
    steady = statistic > SLOPE_LIMIT and alike
    return steady, statistic, sign


def _years(periods: Sequence[str]) -> Numbers:
    """Return the year that each period starts with; their order where one has none."""
    found = [re.match(r"\d{4}", period) for period in periods]
    if all(found):
        return np.array([float(year.group()) for year in found if year])
    return np.arange(len(periods), dtype=np.float64)


def _word(
    sign: int, nothing: Literal["unclear", "same"] = "unclear"
) -> Literal["rise", "fall", "same", "unclear"]:
    return "rise" if sign > 0 else "fall" if sign < 0 else nothing


@dataclass(frozen=True, slots=True)
class Span:
    """The first and last figures of several wijken, as arrays of shape (wijken,).

    Attributes:
        first, last: values, NaN where there is none.
        first_se, last_se: standard errors, NaN where there is no margin.
    """

    first: Numbers
    last: Numbers
    first_se: Numbers
    last_se: Numbers


def placing(
    own: Change, span: Span, place: int, *, decimals: int, least: float, model_figures: bool
) -> Placing | None:
    """Return that the area's change is the strongest rise or fall of all wijken, if it is.

    A tested claim, where every wijk has margins: the area's own change is significant, and its
    difference with the change of each other wijk is so one-sided at 5 %. Because each of these
    must hold, the claim as a whole has that level (intersection-union test: Berger 1982,
    Multiparameter hypothesis testing and acceptance sampling, Technometrics 24).

    A description, where no wijk has margins: the change as printed is the largest of all by at
    least ``least``, and so is the change before rounding.

    No claim where the area's own change as printed is less than ``least``, with fewer than
    :data:`WIJKEN` wijken, where a wijk has a figure for one of the two
    periods only, or where some have margins and others not.

    Args:
        own: change of the area between the first and last period.
        span: figures of all wijken of the gemeente in those periods.
        place: of the area among them.
        decimals: that are printed.
        least: smallest printed difference that counts.
        model_figures: they come from a model.
    """
    here, there = ~np.isnan(span.first), ~np.isnan(span.last)
    among = int((here & there).sum())
    if (here != there).any() or not here[place] or among < WIJKEN:
        return None
    change_of = (span.last - span.first)[here]
    errors = np.hypot(span.first_se, span.last_se)[here]
    position = int(here[:place].sum())
    sign = {"rise": 1, "fall": -1}.get(own.outcome, 0)
    rises: Literal["rise", "fall"] = "rise" if sign > 0 else "fall"
    others = np.arange(among) != position
    ahead = sign * (change_of[position] - change_of[others])
    if sign == 0 or sign * change_of[position] <= 0:
        return None
    printed = np.array(
        [
            half_up(last, decimals) - half_up(first, decimals)
            for first, last in zip(span.first[here], span.last[here], strict=True)
        ]
    )
    if round(sign * printed[position] - least, NOISE) < 0:
        return None
    with_margins = ~np.isnan(errors)
    if own.tested and with_margins.all():
        room = ONE_SIDED * np.hypot(errors[position], errors[others])
        return Placing(rises, among, True, model_figures) if (ahead > room).all() else None
    if own.tested or with_margins.any():
        return None
    further = np.round(sign * (printed[position] - printed[others]), NOISE)
    unique = (further >= least).all() and (np.round(ahead, NOISE) > 0).all()
    return Placing(rises, among, False, model_figures) if unique else None
