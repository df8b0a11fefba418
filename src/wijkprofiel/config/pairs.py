"""Which colours meet on paper, by role: the one place where the pairs are declared.

A template, stylesheet or chart that puts one role on another for the first time adds a line here;
every house style is then checked for it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from wijkprofiel.config.contrast import GRAPHIC, TEXT

THEME = "theme."
"""Start of a role that every theme has: ``theme.full``, ``theme.tint`` and ``theme.deep``."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A role on a role.

    Attributes:
        front: role of what is read.
        ground: role of what lies behind it.
        least: contrast that is needed.
        look: the choice (name, value, usual value) of the style under which they meet; None:
            always.
    """

    front: str
    ground: str
    least: float
    look: tuple[str, str, str] | None = None


FALLBACKS = {"on-silhouette": "ink", "edge": "line"}
"""Roles that a style may leave out, and what is drawn in their place."""

REQUIRED = ("ink", "mute", "line", "favourable", "unfavourable")
"""Roles without which nothing can be drawn."""

_PLANE = ("themes", "plane", "plane")
_BAR = ("themes", "bar", "plane")
_COVER = ("cover", "plane", "plane")
_PAGES = ("paper", "theme.tint", "dialogue")
"""Planes that hold running text and charts."""

PAIRS: tuple[Pair, ...] = (
    *(Pair("ink", ground, TEXT) for ground in (*_PAGES, "cover", "land")),
    *(Pair("mute", ground, TEXT) for ground in (*_PAGES, "land")),
    *(Pair("theme.deep", ground, TEXT) for ground in ("paper", "theme.tint")),
    Pair("paper", "ink", TEXT),  # the closing plane of a document, a pill
    Pair("ink", "silhouette", TEXT, _COVER),  # names of parts on the cover
    Pair("on-silhouette", "silhouette", TEXT),  # the name of the area on its map
    Pair("ink", "theme.full", TEXT, _PLANE),  # the group cell of the long table
    *(Pair("ink", f"ramp-{group}", TEXT) for group in (1, 2, 3)),
    *(Pair("paper", f"ramp-{group}", TEXT) for group in (4, 5)),
    *(
        Pair(sign, ground, GRAPHIC)
        for sign in ("favourable", "unfavourable", "similar", "uncertain", "neutral", "missing")
        for ground in _PAGES
    ),
    *(Pair("line", ground, GRAPHIC) for ground in _PAGES),
    Pair("edge", "paper", GRAPHIC),  # the outline of a gemeente
    Pair("ink", "band", GRAPHIC),  # marks on the middle half of all areas
    Pair("theme.full", "paper", GRAPHIC, _BAR),
)
"""Every pair that is used."""

VERDICTS = ("favourable", "unfavourable")
"""Colours with opposite meanings."""


def roles() -> Iterator[str]:
    """Yield every role that the pairs name, themes left out."""
    yield from dict.fromkeys(
        role for pair in PAIRS for role in (pair.front, pair.ground) if not role.startswith(THEME)
    )
