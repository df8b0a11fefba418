"""Theme signs: drawn once in ``templates/signs``, coloured by the house style."""

from __future__ import annotations

import re

from wijkprofiel.charts import tokens
from wijkprofiel.model import HouseStyle

_SHAPE = re.compile(r'(data-role="(\w+)"[^>]*?fill=")[^"]*(")')


def coloured(sign: str, style: HouseStyle, theme: str) -> str:
    """Return a sign with its shapes in the colours of ``style``.

    Args:
        sign: SVG whose shapes say their role: ``data-role`` is ``full`` (the theme's full colour)
            or a colour of the style, such as ``ink``, and comes before ``fill``.
        style: the house style.
        theme: role of the theme's colours.

    Raises:
        ConfigError: the style has no such theme or colour.
    """

    def fill(shape: re.Match[str]) -> str:
        role = shape[2]
        full = tokens.theme(style, theme).full
        return shape[1] + (full if role == "full" else tokens.colour(style, role, role)) + shape[3]

    return _SHAPE.sub(fill, sign)
