"""Colours as colour-blind readers see them: can those that mean something be told apart?

No document tells anything by colour alone, so a pair that is too near is a warning, not an error.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations

from wijkprofiel.config.pairs import VERDICTS
from wijkprofiel.model import Finding, HouseStyle, Severity

DEFICIENCIES = ("protan", "deutan", "tritan")
"""Missing long, middle and short cones."""

MEANING, NAMED = 0.1, 0.02
"""Least distance in OKLab of two verdicts, and of two themes, which always carry their name: 0.02
is a just noticeable difference (CSS Color 4, section 13.2)."""


@dataclass(frozen=True, slots=True)
class TooNear:
    """Two colours that a colour-blind reader cannot tell apart.

    Attributes:
        one, other: their roles ("favourable", "themes.leefstijl.full").
        deficiency: one of :data:`DEFICIENCIES`.
        distance: in OKLab, between what is seen.
        least: what it should be.
    """

    one: str
    other: str
    deficiency: str
    distance: float
    least: float


def too_near(style: HouseStyle) -> Iterator[TooNear]:
    """Yield the pairs of verdict colours, and of theme colours, that look too much alike.

    Each pair once, under the deficiency where it is nearest. Simulated with coloraide: Brettel,
    Viénot and Mollon (1997) for tritan, Viénot, Brettel and Mollon (1999) for the other two.
    """
    verdicts = {role: style.colours[role] for role in VERDICTS if role in style.colours}
    yield from _near(verdicts, MEANING)
    themes = {f"themes.{name}.full": theme.full for name, theme in style.themes.items()}
    yield from _near(themes, NAMED)


def findings(styles: Mapping[str, HouseStyle], places: Mapping[str, str]) -> list[Finding]:
    """Return a warning for every pair of every style.

    Args:
        styles: by id.
        places: where each style is declared.
    """
    return [
        Finding(
            "style-colours",
            Severity.WARNING,
            places.get(name, name),
            f"{near.one} and {near.other} look alike to {near.deficiency} readers: "
            f"{near.distance:.3f} apart in OKLab, better {near.least:g} or more",
            "make one of the two lighter or darker",
        )
        for name, style in styles.items()
        for near in too_near(style)
    ]


def _near(colours: Mapping[str, str], least: float) -> Iterator[TooNear]:
    for (one, first), (other, second) in combinations(colours.items(), 2):
        distance, deficiency = min((_distance(first, second, d), d) for d in DEFICIENCIES)
        if distance < least:
            yield TooNear(one, other, deficiency, distance, least)


def _distance(one: str, other: str, deficiency: str) -> float:
    from coloraide import Color

    seen = [Color(colour).filter(deficiency).clip("srgb") for colour in (one, other)]
    return seen[0].delta_e(seen[1], method="ok")
