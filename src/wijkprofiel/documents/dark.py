"""A house style at night: every colour turned over, and every pair of it still readable.

A style declares one set of colours. What is light becomes dark and the other way round, in OKLCH,
so that a colour keeps its hue; then each colour is moved until all pairs that
:mod:`wijkprofiel.config.pairs` declares have their contrast again. So the house style of any GGD
can be read in the dark, and nobody draws it twice.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING

from wijkprofiel.config import contrast
from wijkprofiel.config.pairs import FALLBACKS, PAIRS, THEME, Pair
from wijkprofiel.model import HouseStyle, ThemeColours

if TYPE_CHECKING:
    from coloraide import Color

DARKEST, LIGHTEST = 0.2, 0.96
"""Lightness (OKLCH) of what was white, and of what was the darkest ink."""
INK = 0.25
"""Lightness of a usual ink: that and all below it becomes the lightest."""
GREY, TINGE = 0.02, 0.012
"""A grey gets this little chroma, of the hue of the ink: white paper becomes dark paper."""
PLANE, FADED = 0.42, 0.085
"""A plane darker than this is toned down to this chroma, or it would glow."""
KEPT = "crowd-"
"""Start of the roles that mean nothing and hold no text: they keep their colour."""
ROUNDS = 4
"""Times that all pairs are looked at; a colour that is moved for one may matter to another."""

Colours = dict[str, str]


def turned(style: HouseStyle) -> HouseStyle:
    """Return the same style with colours for a dark screen."""
    colours = dict(_turned(tuple(_flat(style)), tuple(sorted(style.looks.items()))))
    themes = {
        name: ThemeColours(
            **{part: colours[f"{name}/{part}"] for part in ThemeColours.model_fields}
        )
        for name in style.themes
    }
    plain = {role: colours[role] for role in style.colours}
    return style.model_copy(update={"colours": plain, "themes": themes})


def _flat(style: HouseStyle) -> Iterator[tuple[str, str]]:
    """Yield every colour by role; those of a theme as ``theme/part``."""
    yield from style.colours.items()
    for name, theme in style.themes.items():
        for part, colour in theme:
            yield f"{name}/{part}", colour


@lru_cache(maxsize=8)
def _turned(
    colours: tuple[tuple[str, str], ...], looks: tuple[tuple[str, str], ...]
) -> tuple[tuple[str, str], ...]:
    from coloraide import Color

    given = dict(colours)
    hue = Color(given["ink"]).convert("oklch").get("hue", nans=False)
    found = {
        role: colour if role.startswith(KEPT) else _over(Color(colour), hue)
        for role, colour in given.items()
    }
    themes = sorted({role.split("/")[0] for role in given if "/" in role})
    pairs = [pair for pair in PAIRS if _meets(pair, dict(looks))]
    for _ in range(ROUNDS):
        for pair in pairs:
            for theme in themes if THEME in pair.front + pair.ground else [""]:
                _mend(pair, theme, found)
    return tuple(found.items())


def _over(colour: Color, hue: float) -> str:
    """Return a colour with its lightness turned over."""
    turned = colour.convert("oklch")
    light = min(max((1 - turned["lightness"]) / (1 - INK), 0), 1)
    turned["lightness"] = DARKEST + light * (LIGHTEST - DARKEST)
    if turned["chroma"] < GREY:
        turned["chroma"], turned["hue"] = TINGE, hue
    elif turned["lightness"] < PLANE:
        turned["chroma"] = min(turned["chroma"], FADED)
    return str(turned.convert("srgb").fit().to_string(hex=True)).upper()


def _meets(pair: Pair, looks: dict[str, str]) -> bool:
    if pair.look is None:
        return True
    name, value, usual = pair.look
    return looks.get(name, usual) == value


def _mend(pair: Pair, theme: str, colours: Colours) -> None:
    """Move the front colour of a pair until it has the contrast it needs."""
    front, ground = (_role(role, theme, colours) for role in (pair.front, pair.ground))
    if front not in colours or ground not in colours:
        return
    if contrast.ratio(colours[front], colours[ground]) < pair.least:
        colours[front] = contrast.passing(colours[front], colours[ground], pair.least)


def _role(role: str, theme: str, colours: Colours) -> str:
    if role.startswith(THEME):
        return f"{theme}/{role.removeprefix(THEME)}"
    return role if role in colours else FALLBACKS.get(role, role)
