"""How sure a number is: standard errors, intervals and chances.

Pure functions on arrays. Published margins are 95 % with ± 1.96 standard errors; Wilson and Byar
stand in where nothing is published but the number of people is known. How the errors of the
indicators of one wijk hang together is not known: every combined error comes twice, for errors
that go together fully (:attr:`Errors.together`, the bound that is printed) and for errors that
have nothing to do with each other (:attr:`Errors.apart`). docs/method.md §2.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from statistics import NormalDist
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from wijkprofiel.model import Indicator, SourceTable, Status

if TYPE_CHECKING:
    import pandas as pd

Numbers = NDArray[np.float64]

Z95 = 1.96
"""Standard errors on each side of a published 95 % interval (docs/method.md §2)."""

LEVEL = 0.95


class Errors(NamedTuple):
    """Standard errors of a combination.

    Attributes:
        together: the errors of the parts go together fully: their effects add up.
        apart: they are independent: the squares of their effects add up. Never larger.
    """

    together: Numbers
    apart: Numbers


def se_of(lower: ArrayLike, upper: ArrayLike) -> Numbers:
    """Return the standard error behind a 95 % interval: |upper − lower| / (2 · 1.96).

    Args:
        lower: limits, NaN where there is none.
        upper: of the same shape. On a scale that runs the other way the two may change places.

    Example:
        >>> se_of([40.0], [47.84]).round(9).tolist()
        [2.0]
    """
    return np.abs(np.asarray(upper, dtype=np.float64) - np.asarray(lower, dtype=np.float64)) / (
        2 * Z95
    )


def interval(value: ArrayLike, se: ArrayLike) -> tuple[Numbers, Numbers]:
    """Return value − 1.96 · se and value + 1.96 · se.

    Example:
        >>> low, high = interval([43.92], [2.0])
        >>> low.round(9).tolist(), high.round(9).tolist()
        ([40.0], [47.84])
    """
    x, half = np.asarray(value, dtype=np.float64), Z95 * np.asarray(se, dtype=np.float64)
    return x - half, x + half


def wilson(x: ArrayLike, n: ArrayLike, level: float = LEVEL) -> tuple[Numbers, Numbers]:
    """Return the Wilson score limits of a proportion, as shares from 0 to 1.

    (2x + z² ∓ z·√(z² + 4x(1 − x/n))) / (2(n + z²))

    Args:
        x: people with the answer, not necessarily whole (a weighted share of n).
        n: people asked; none gives NaN, and so does an x below 0 or above n.
        level: of the interval, 0–1.

    Reference: Wilson (1927), JASA 22; Newcombe (1998), Statistics in Medicine 17, method 3;
    ``phe_proportion`` of PHEindicatormethods. docs/method.md §9.

    Example:
        >>> low, high = wilson([81, 0], [263, 20])
        >>> low.round(4).tolist(), high.round(4).tolist()
        ([0.2553, 0.0], [0.3662, 0.1611])
    """
    count, asked = np.asarray(x, dtype=np.float64), np.asarray(n, dtype=np.float64)
    count, asked = np.broadcast_arrays(count, np.where(asked > 0, asked, np.nan))
    count = np.where((count >= 0) & (count <= asked), count, np.nan)
    z = _z(level)
    root = z * np.sqrt(z**2 + 4 * count * (1 - count / asked))
    both = 2 * count + z**2
    low, high = (both - root) / (2 * (asked + z**2)), (both + root) / (2 * (asked + z**2))
    return np.clip(low, 0.0, 1.0), np.clip(high, 0.0, 1.0)


def byar(x: ArrayLike, level: float = LEVEL) -> tuple[Numbers, Numbers]:
    """Return the limits of a number of events by Byar's approximation of the Poisson interval.

    L = x(1 − 1/(9x) − z/(3√x))³ and U = (x + 1)(1 − 1/(9(x + 1)) + z/(3√(x + 1)))³

    Args:
        x: number of events, 0 or more. Without events L is 0.
        level: of the interval, 0–1. Where the approximation of L falls below 0 (very few events
            and a high level) there is no L: NaN.

    Reference: Breslow and Day (1987), Statistical Methods in Cancer Research II, §2.3;
    ``byars_lower`` and ``byars_upper`` of PHEindicatormethods. docs/method.md §9.

    Example:
        >>> low, high = byar([65, 0])
        >>> low.round(3).tolist(), high.round(3).tolist()
        ([50.163, 0.0], [82.849, 3.668])
    """
    events = np.asarray(x, dtype=np.float64)
    z = _z(level)
    some = np.where(events > 0, events, np.nan)
    low = some * (1 - 1 / (9 * some) - z / (3 * np.sqrt(some))) ** 3
    more = np.where(events >= 0, events + 1, np.nan)
    high = more * (1 - 1 / (9 * more) + z / (3 * np.sqrt(more))) ** 3
    return np.where(events == 0, 0.0, np.where(low < 0, np.nan, low)), high


def errors(effects: ArrayLike) -> Errors:
    """Return the standard errors of a sum from the effects of its parts, over the last axis.

    Args:
        effects: what one standard error of each part does to the whole, shape (..., parts); a
            part that is not there is 0, and one without a margin NaN, which makes both NaN.

    Example:
        >>> together, apart = errors([0.3, 0.4])
        >>> float(together), float(apart)
        (0.7, 0.5)
    """
    size = np.abs(np.asarray(effects, dtype=np.float64))
    # hypot: the squares of tiny errors would be rounded away
    return Errors(size.sum(axis=-1), np.hypot.reduce(size, axis=-1))


def mean_se(se: ArrayLike, weights: ArrayLike) -> Errors:
    """Return the standard errors of a weighted mean: Σ w·se / Σ w and √(Σ w²·se²) / Σ w.

    Args:
        se: shape (..., parts), of the parts that are there.
        weights: shape (parts,), positive; only their proportions matter.

    Example:
        >>> together, apart = mean_se([0.6, 0.8], [1.0, 1.0])
        >>> float(together), float(apart)
        (0.7, 0.5)
    """
    w = np.asarray(weights, dtype=np.float64)
    return errors(w * np.asarray(se, dtype=np.float64) / w.sum())


def effects(join: Callable[[Numbers], Numbers], values: ArrayLike, se: ArrayLike) -> Numbers:
    """Return what one standard error of each part does to what :func:`join` makes of them.

    Each part in turn moves from the lower to the upper limit of its interval, the others stay;
    the move of the whole is divided by 2 · 1.96. For a weighted mean this is w·se / Σ w exactly;
    for a geometric mean and for truncated scores it keeps within what is possible.

    Args:
        join: values (cases × parts) → one number per case.
        values: shape (parts,), NaN where a part is missing.
        se: shape (parts,), NaN where unknown.

    Returns:
        Shape (parts,): 0 for a missing part, NaN for a present one without a standard error.

    Example:
        >>> mean = lambda rows: rows @ np.array([0.75, 0.25])
        >>> effects(mean, [1.0, 2.0], [0.4, 0.4]).round(9).tolist()
        [0.3, 0.1]
    """
    x, error = np.asarray(values, dtype=np.float64), np.asarray(se, dtype=np.float64)
    there = ~np.isnan(x)
    moves = np.diag(Z95 * np.where(there & ~np.isnan(error), error, 0.0))
    up, down = np.split(join(np.concatenate([x + moves, x - moves])), 2)
    found = (up - down) / (2 * Z95)
    return np.where(there, np.where(np.isnan(error), np.nan, found), 0.0)


def probability(difference: ArrayLike, se: ArrayLike) -> Numbers:
    """Return P(gunstiger): the chance that the true difference is above 0, Φ(difference / se).

    Args:
        difference: + is favourable.
        se: its standard error; 0 gives 0, ½ or 1.

    Reference: the normal approximation with a flat prior; Spiegelhalter, Abrams and Myles
    (2004), Bayesian Approaches to Clinical Trials, §3.6.

    Example:
        >>> probability([1.96, 0.0, -1.0], [1.0, 1.0, 0.0]).round(3).tolist()
        [0.975, 0.5, 0.0]
    """
    return 0.5 * _erfc(-_ratio(difference, se) / math.sqrt(2))


def p_value(difference: ArrayLike, se: ArrayLike) -> Numbers:
    """Return the two-sided p-value of a difference: 2 · (1 − Φ(|difference| / se)).

    Example:
        >>> p_value([1.959963984540054, 0.0], [1.0, 1.0]).round(9).tolist()
        [0.05, 1.0]
    """
    return _erfc(np.abs(_ratio(difference, se)) / math.sqrt(2))


def with_margins(
    figures: pd.DataFrame,
    sources: Mapping[str, SourceTable],
    indicators: Mapping[str, Indicator],
) -> pd.DataFrame:
    """Return ``figures`` with limits where none are published but the number of people is known.

    * A percentage of n people: Wilson.
    * A count of a survey (so many of the n people asked): Wilson, times n.
    * Any other count with an n (events among n people): Byar.

    Never for model figures, whose error is not that of a sample of n people, and never instead of
    published limits. The people are taken as drawn at random without a design; a survey with
    strata, clusters or uneven weights is better read as microdata, which has its own interval.

    Args:
        figures: IndicatorTable, after disclosure control (a withheld row has no n).
        sources: by id.
        indicators: by id, for their unit.
    """
    known = figures["n"].gt(0) & figures["value"].notna()
    known &= figures["lower"].isna() & figures["upper"].isna()
    known &= figures["status"] == Status.OK.value
    known &= ~figures["source"].isin([name for name, s in sources.items() if s.model_figures])
    if not known.any():
        return figures
    rows = figures[known]
    unit = rows["indicator"].map({name: one.unit for name, one in indicators.items()})
    survey = rows["source"].isin([name for name, s in sources.items() if s.survey])
    filled = figures.copy()
    for chosen, limits in (
        (unit == "percent", lambda x, n: [100 * side for side in wilson(x * n / 100, n)]),
        ((unit == "count") & survey, lambda x, n: [n * side for side in wilson(x, n)]),
        ((unit == "count") & ~survey, lambda x, _: byar(x)),
    ):
        where = rows.index[chosen]
        value = rows.loc[where, "value"].to_numpy()
        low, high = limits(value, rows.loc[where, "n"].to_numpy())
        filled.loc[where, "lower"] = np.minimum(low, value)
        filled.loc[where, "upper"] = np.maximum(high, value)
    return filled


def _z(level: float) -> float:
    return NormalDist().inv_cdf((1 + level) / 2)


def _ratio(difference: ArrayLike, se: ArrayLike) -> Numbers:
    d, error = np.asarray(difference, dtype=np.float64), np.asarray(se, dtype=np.float64)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where((error == 0) & (d == 0), 0.0, d / error)


def _erfc(values: Numbers) -> Numbers:
    return np.vectorize(math.erfc, otypes=[np.float64])(values)  # type: ignore[no-any-return]
