"""Normalisation: a figure becomes a number that can be laid beside other figures.

Pure functions on arrays, chosen by name in a framework (``normalisation: z``). A new method is
one function and one line in :data:`METHODS`.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Protocol

import numpy as np
from numpy.typing import ArrayLike, NDArray

from wijkprofiel.model import Direction

Numbers = NDArray[np.float64]

SIGN: Mapping[Direction, int] = MappingProxyType({"better": 1, "worse": -1, "neutral": 1})
"""Sign by which + becomes favourable; for a neutral figure + stays "higher"."""

MIDDLE = 5.0
"""Display score of an area that is just like the comparator."""


class Normalise(Protocol):
    """A method: figures, zero point, yardstick and sign → numbers, + is favourable."""

    def __call__(self, values: ArrayLike, *, centre: float, sd: float, sign: int) -> Numbers:
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


def display(values: ArrayLike, *, clip: float = 3.0) -> Numbers:
    """Return the printed score: 5 + 5z/clip, within 0 and 10; NaN stays NaN.

    Example:
        >>> display([-4, -0.6, 0, 3, 9]).tolist()
        [0.0, 4.0, 5.0, 10.0, 10.0]
    """
    x = np.asarray(values, dtype=np.float64)
    return np.clip(MIDDLE + MIDDLE * x / clip, 0.0, 2 * MIDDLE)


METHODS: Mapping[str, Normalise] = MappingProxyType({"z": z})
"""The methods that a framework can name."""
