"""Contrast between two colours (WCAG 2.1), and the nearest colour that has enough of it."""

from __future__ import annotations

from functools import cache

TEXT = 4.5
"""Least contrast of text (success criterion 1.4.3)."""
GRAPHIC = 3.0
"""Least contrast of a shape that carries information (success criterion 1.4.11)."""
STEPS = 250
"""Steps of lightness that are tried, of 0 to 1."""


@cache
def ratio(one: str, other: str) -> float:
    """Return the contrast ratio of two colours, 1 (equal) to 21 (black on white).

    The relative luminance formula of WCAG 2.1: four lines here, because coloraide, which serves
    :func:`passing`, takes four times as long to import as all configs to read.

    >>> ratio("#000000", "#FFFFFF")
    21.0
    >>> round(ratio("#777777", "#FFFFFF"), 2)
    4.48
    """
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def passing(colour: str, background: str, least: float) -> str:
    """Return the colour nearest to ``colour`` that has at least ``least`` on ``background``.

    Only its lightness in OKLCH changes, so that it stays the colour that a designer chose; what
    a screen cannot show is mapped to the nearest that it can. Where no lightness is enough
    (``least`` is more than this background allows) it is black or white.

    >>> passing("#999999", "#FFFFFF", TEXT)
    '#767676'
    """
    from coloraide import Color

    start = Color(colour).convert("oklch")
    start["hue"] = start.get("hue", nans=False)
    for step in range(STEPS + 1):
        for turn in (-1, 1):
            lightness = start["lightness"] + turn * step / STEPS
            if not 0 <= lightness <= 1:
                continue
            tried = start.clone().set("lightness", lightness).convert("srgb").fit()
            found = tried.to_string(hex=True).upper()
            if ratio(found, background) >= least:
                return found
    return max(("#000000", "#FFFFFF"), key=lambda extreme: ratio(extreme, background))


def _luminance(colour: str) -> float:
    linear = [
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4
        for c in (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
