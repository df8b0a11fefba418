"""Contrast between two colours (WCAG 2.1), and the nearest colour that has enough of it."""

from __future__ import annotations

TEXT = 4.5
"""Least contrast of text."""
GRAPHIC = 3.0
"""Least contrast of a shape that carries information."""


def ratio(one: str, other: str) -> float:
    """Return the contrast ratio of two colours, 1 (equal) to 21 (black on white).

    The relative luminance formula of WCAG 2.1, success criterion 1.4.3.

    >>> ratio("#000000", "#FFFFFF")
    21.0
    >>> round(ratio("#767676", "#FFFFFF"), 2)
    4.54
    """
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def passing(colour: str, background: str, least: float) -> str:
    """Return the colour nearest to ``colour`` that has at least ``least`` on ``background``.

    It is mixed in steps with black on a light background, with white on a dark one.

    >>> passing("#999999", "#FFFFFF", TEXT)
    '#767676'
    """
    target = 0 if _luminance(background) > 0.18 else 255
    channels = _channels(colour)
    for step in range(256):
        mixed = [round(c + (target - c) * step / 255) for c in channels]
        candidate = "#" + "".join(f"{c:02X}" for c in mixed)
        if ratio(candidate, background) >= least:
            return candidate
    return "#000000" if target == 0 else "#FFFFFF"


def _channels(colour: str) -> list[int]:
    return [int(colour[i : i + 2], 16) for i in (1, 3, 5)]


def _luminance(colour: str) -> float:
    linear = [
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4
        for c in (channel / 255 for channel in _channels(colour))
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
