"""Rounding as people do it on paper: half up, not half to even."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

NOISE = 9
"""Decimals beyond which a difference is noise of binary fractions: 0.1 + 0.2 is 0.3."""


def half_up(value: float, decimals: int = 0) -> float:
    """Return ``value`` rounded to ``decimals`` (0 or more), a half away from zero.

    Away from zero, so that a difference and its mirror image round alike. Never minus zero. The
    last few thousand are remembered: one figure is printed, drawn and read back many times.

    Example:
        >>> half_up(48.5), half_up(-2.5), half_up(2.675, 2), half_up(-0.4)
        (49.0, -3.0, 2.68, 0.0)
    """
    return _rounded(float(value), decimals)


@lru_cache(maxsize=8192)
def _rounded(value: float, decimals: int) -> float:
    exact = Decimal(repr(round(value, NOISE)))
    rounded = float(exact.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP))
    return rounded + 0.0  # -0.0 + 0.0 is 0.0
