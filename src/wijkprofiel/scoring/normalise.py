"""Normalisation: a figure becomes a number that can be laid beside other figures.

Pure functions on arrays of all areas at once, chosen by name in a framework (``normalisation:
z``). + is always favourable, NaN stays NaN. ``z`` has no bounds; the other methods give 0 (worst)
to 1 (best), and a figure beyond the reference areas gets the bound. A new method is one function
and one line in :data:`METHODS`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Protocol

import numpy as np
from numpy.typing import ArrayLike, NDArray

from wijkprofiel.model import Direction, ReferenceStats, SlotIndicator

Numbers = NDArray[np.float64]

SIGN: Mapping[Direction, int] = MappingProxyType({"better": 1, "worse": -1, "neutral": 1})
"""Sign by which + becomes favourable; for a neutral figure + stays "higher"."""

MIDDLE = 5.0
"""Display score of an area that is just like the comparator."""

OUTER = (2.5, 97.5)
"""Percentiles that are the goalposts of an indicator for which none are declared."""


@dataclass(frozen=True, slots=True)
class Scale:
    """What a method may know of an indicator, all in the indicator's unit.

    Attributes:
        centre: zero point (the country's published figure, or the mean); NaN where unknown.
        sd: over the reference areas, ddof=1.
        minimum, maximum: over the reference areas.
        quantiles: percentage → value over the reference areas; 0 and 100 are the extremes.
        goalposts: worst and best value; without them the :data:`OUTER` quantiles.
        target: value to reach.
    """

    centre: float
    sd: float
    minimum: float
    maximum: float
    quantiles: Mapping[float, float] = field(default_factory=dict)
    goalposts: tuple[float, float] | None = None
    target: float | None = None

    @classmethod
    def of(
        cls, stats: ReferenceStats, centre: float | None, part: SlotIndicator | None = None
    ) -> Scale:
        """Return the scale of an indicator from its reference and what its slot declares."""
        return cls(
            centre=np.nan if centre is None else centre,
            sd=stats.sd,
            minimum=stats.minimum,
            maximum=stats.maximum,
            quantiles=stats.percentiles,
            goalposts=part.goalposts if part else None,
            target=part.target if part else None,
        )


class Normalise(Protocol):
    """A method: figures, scale and sign → numbers, + is favourable."""

    def __call__(self, values: ArrayLike, *, scale: Scale, sign: int) -> Numbers:
        """Return one number per value; NaN stays NaN."""


def z(values: ArrayLike, *, centre: float, sd: float, sign: int = 1) -> Numbers:
    """Return s·(x − centre) / SD, unclipped.

    Args:
        values: figures in the indicator's unit, any shape; NaN where there is none.
        centre: zero point in the same unit (the comparator's published figure).
        sd: standard deviation over the reference areas, ddof=1. Zero gives NaN: where all
            areas are alike there is no yardstick.
        sign: +1 when higher is favourable, −1 when lower is.

    Reference: OECD/JRC Handbook on Constructing Composite Indicators (2008), step 5; signed z
    as County Health Rankings. docs/method.md §1.4.

    Example:
        >>> z([48.9, 41.43], centre=47.0, sd=5.57, sign=-1).round(2).tolist()
        [-0.34, 1.0]
    """
    x = np.asarray(values, dtype=np.float64)
    if not sd > 0:
        return np.full_like(x, np.nan)
    return sign * (x - centre) / sd + 0.0


def z_score(values: ArrayLike, *, scale: Scale, sign: int = 1) -> Numbers:
    """Return :func:`z` by the centre and the SD of the scale."""
    return z(values, centre=scale.centre, sd=scale.sd, sign=sign)


def min_max(values: ArrayLike, *, scale: Scale, sign: int = 1) -> Numbers:
    """Return (x − min) / (max − min) within 0 and 1, mirrored when lower is favourable.

    Where all reference areas are alike there is no yardstick: NaN.

    Reference: OECD/JRC Handbook (2008), step 5, re-scaling; ``n_minmax`` of COINr with the
    scale 0–1 (another scale l–u is this times (u − l), plus l). docs/method.md §9.

    Example:
        >>> scale = Scale(centre=47.0, sd=5.57, minimum=20.0, maximum=70.0)
        >>> min_max([20, 45, 80], scale=scale).tolist()
        [0.0, 0.5, 1.0]
        >>> min_max([20, 45, 80], scale=scale, sign=-1).tolist()
        [1.0, 0.5, 0.0]
    """
    return _between(values, scale.minimum, scale.maximum, sign)


def goalposts(values: ArrayLike, *, scale: Scale, sign: int = 1) -> Numbers:
    """Return (x − g1) / (g2 − g1), truncated to 0–1; g1 is the worst value and g2 the best.

    Without declared goalposts the 2.5 and 97.5 percentiles of the reference areas, in the order
    of the direction. Equal goalposts give NaN.

    Reference: UNDP, Human Development Report, technical note 1; ``n_goalposts`` of COINr.
    docs/method.md §9.

    Example:
        >>> scale = Scale(47.0, 5.57, 20.0, 70.0, goalposts=(60.0, 30.0))
        >>> goalposts([30, 45, 65], scale=scale, sign=-1).tolist()
        [1.0, 0.5, 0.0]
        >>> scale = Scale(47.0, 5.57, 20.0, 70.0, quantiles={2.5: 36.0, 97.5: 58.0})
        >>> goalposts([36, 47, 70], scale=scale, sign=-1).tolist()
        [1.0, 0.5, 0.0]
    """
    posts = scale.goalposts or tuple(scale.quantiles.get(p, np.nan) for p in OUTER)
    return _between(values, min(posts), max(posts), sign)


def percentile(values: ArrayLike, *, scale: Scale, sign: int = 1) -> Numbers:
    """Return the share of the way from the lowest to the highest reference area, by rank.

    The inverse of the quantile of definition 7 (Hyndman and Fan 1996): the area of rank r among
    n has (r − 1)/(n − 1). Read from the stored quantiles by linear interpolation, so that an
    area outside the reference has one too; a value that fills a run of quantiles has the middle
    of the run. Mirrored when lower is favourable. :func:`percentile_rank` is exact, for a whole
    column.

    Reference: OECD/JRC Handbook (2008), step 5, ranking; ``n_prank`` of COINr.
    docs/method.md §9.

    Example:
        >>> scale = Scale(47.0, 5.57, 20.0, 70.0, quantiles={25: 40.0, 50: 46.0, 75: 52.0})
        >>> percentile([10, 20, 43, 52, 70], scale=scale).tolist()
        [0.0, 0.0, 0.375, 0.75, 1.0]
        >>> percentile([43], scale=scale, sign=-1).tolist()
        [0.625]
    """
    x = np.asarray(values, dtype=np.float64)
    if not scale.maximum > scale.minimum:
        return np.full_like(x, np.nan)
    inner = sorted(scale.quantiles.items())
    share = np.array([0.0, *(p / 100 for p, _ in inner), 1.0])
    value = np.array([scale.minimum, *(v for _, v in inner), scale.maximum])
    first = np.searchsorted(value, x, side="left")
    after = np.searchsorted(value, x, side="right")
    there = after > first
    low, high = np.clip(first - 1, 0, len(value) - 1), np.clip(first, 0, len(value) - 1)
    step = value[high] - value[low]
    part = np.divide(x - value[low], step, out=np.zeros_like(x), where=step > 0)
    between = share[low] + part * (share[high] - share[low])
    middle = (share[high] + share[np.clip(after - 1, 0, len(value) - 1)]) / 2
    found = np.where(there, middle, between)
    return np.where(np.isnan(x), np.nan, found if sign > 0 else 1 - found)


def percentile_rank(values: ArrayLike, *, sign: int = 1) -> Numbers:
    """Return (rank − 1)/(n − 1) of every value within its own column; ties share their mean rank.

    Args:
        values: shape (areas,); NaN has no rank and does not count. One value, or values that
            are all alike, give NaN.
        sign: −1 mirrors.

    Example:
        >>> percentile_rank([30.0, 10.0, 20.0, 20.0, float("nan")]).round(3).tolist()
        [1.0, 0.0, 0.5, 0.5, nan]
    """
    x = np.asarray(values, dtype=np.float64)
    ordered = np.sort(x[~np.isnan(x)])
    n = len(ordered)
    if n < 2 or ordered[0] == ordered[-1]:
        return np.full_like(x, np.nan)
    below = np.searchsorted(ordered, x, side="left")
    upto = np.searchsorted(ordered, x, side="right")
    share = (below + upto - 1) / 2 / (n - 1)
    return np.where(np.isnan(x), np.nan, share if sign > 0 else 1 - share)


def target(values: ArrayLike, *, scale: Scale, sign: int = 1) -> Numbers:
    """Return 1 − distance to the target / distance of the worst reference area to it, in 0–1.

    At or past the target is 1. By direction: (x − min)/(target − min), or
    (max − x)/(max − target) when lower is favourable. Where every reference area has reached
    the target, an area that has not is 0. Without a target NaN.

    Reference: ``n_dist2targ`` of COINr with ``cap_max = TRUE``; OECD/JRC Handbook (2008),
    step 5, distance to a reference.

    Example:
        >>> scale = Scale(centre=18.0, sd=4.0, minimum=5.0, maximum=40.0, target=5.0)
        >>> target([40, 22.5, 5, 3], scale=scale, sign=-1).tolist()
        [0.0, 0.5, 1.0, 1.0]
    """
    x = np.asarray(values, dtype=np.float64)
    goal = np.nan if scale.target is None else scale.target
    worst = scale.minimum if sign > 0 else scale.maximum
    distance = np.where(np.isnan(x), np.nan, np.maximum(0.0, sign * (goal - x)))
    longest = sign * (goal - worst)
    if np.isnan(longest):
        return np.full_like(x, np.nan)
    if longest <= 0:
        return np.where(np.isnan(x), np.nan, np.where(distance > 0, 0.0, 1.0))
    return np.clip(1 - distance / longest, 0.0, 1.0)


def display(values: ArrayLike, *, clip: float = 3.0) -> Numbers:
    """Return the printed score of z: 5 + 5z/clip, within 0 and 10; NaN stays NaN.

    Example:
        >>> display([-4, -0.6, 0, 3, 9]).tolist()
        [0.0, 4.0, 5.0, 10.0, 10.0]
    """
    x = np.asarray(values, dtype=np.float64)
    return np.clip(MIDDLE + MIDDLE * x / clip, 0.0, 2 * MIDDLE)


def as_display(method: str, values: ArrayLike, clip: float = 3.0) -> Numbers:
    """Return the score from 0 to 10 of what a method gave: :func:`display` of z, 10 × the others.

    Example:
        >>> as_display("z", [0.6]).tolist(), as_display("percentile", [0.6]).tolist()
        ([6.0], [6.0])
    """
    if method == "z":
        return display(values, clip=clip)
    return 2 * MIDDLE * np.asarray(values, dtype=np.float64)


def _between(values: ArrayLike, low: float, high: float, sign: int) -> Numbers:
    x = np.asarray(values, dtype=np.float64)
    if not high > low:
        return np.full_like(x, np.nan)
    share = np.clip((x - low) / (high - low), 0.0, 1.0)
    return share if sign > 0 else 1 - share


METHODS: Mapping[str, Normalise] = MappingProxyType(
    {
        "z": z_score,
        "min-max": min_max,
        "goalposts": goalposts,
        "percentile": percentile,
        "target": target,
    }
)
"""The methods that a framework can name."""
