"""A difference becomes a verdict: by bands where a table has no margins, else by a test.

docs/method.md §3. Not here yet (a later issue): the false discovery rate over all tested
indicators, comparing with the rest of a comparator that holds more than 10 % of its people,
a comparator with margins of its own, and robustness of domains.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from wijkprofiel.model import Bands, Direction, Figure, Outcome, ReferenceStats, Verdict
from wijkprofiel.scoring import normalise
from wijkprofiel.scoring.rounding import half_up

NOISE = 9
"""Decimals of z that count: 48.9 − 45.9 is not exactly 3 in binary fractions."""

CLEAR = 2
"""Strength of a verdict by test: a test says gunstiger, never iets or veel."""

WORDS: Mapping[Direction, tuple[Outcome, Outcome, Outcome]] = MappingProxyType(
    {
        "better": (Outcome.UNFAVOURABLE, Outcome.SIMILAR, Outcome.FAVOURABLE),
        "worse": (Outcome.UNFAVOURABLE, Outcome.SIMILAR, Outcome.FAVOURABLE),
        "neutral": (Outcome.LOWER, Outcome.NEUTRAL_SIMILAR, Outcome.HIGHER),
    }
)
"""Per direction the outcome of z below, about and above zero."""


@dataclass(frozen=True, slots=True)
class Against:
    """What a figure is compared with.

    Attributes:
        code: of the comparator.
        value: its figure, taken as known without error; None without one.
        stats: the yardstick; None where there are too few reference areas.
        bands: borders of the words.
    """

    code: str
    value: float | None
    stats: ReferenceStats | None
    bands: Bands


def no_verdict(comparator: str) -> Verdict:
    """Return the verdict that says nothing: a figure or a yardstick is missing."""
    return Verdict(Outcome.NONE, 0, "", None, comparator)


def z_score(
    value: float, centre: float, direction: Direction, stats: ReferenceStats
) -> float | None:
    """Return the signed z of one value (+ is favourable; neutral: + is higher), unclipped.

    None where all reference areas are alike (SD 0).
    """
    sign = normalise.SIGN[direction]
    z = float(normalise.z(value, centre=centre, sd=stats.sd, sign=sign))
    return None if math.isnan(z) else z


def word(
    z: float | None,
    comparator: str,
    bands: Bands,
    *,
    direction: Direction = "better",
    equal_on_paper: bool = False,
) -> Verdict:
    """Return the verdict of a z-score by the bands; a border belongs to the milder word.

    Args:
        z: in SDs of the reference, + is favourable (neutral: + is higher).
        comparator: code of the area it compares with.
        bands: borders of the words.
        direction: neutral gives hoger, vergelijkbaar or lager with the same borders; its
            strength is 0 or 1, because without a judgement there is no "veel".
        equal_on_paper: the two printed figures are equal: at most vergelijkbaar.
    """
    if z is None:
        return no_verdict(comparator)
    size = abs(round(z, NOISE))
    strength = sum(size > border for border in (bands.similar, bands.slight, bands.clear))
    if equal_on_paper:
        strength = 0
    below, about, above = WORDS[direction]
    outcome = about if strength == 0 else above if z > 0 else below
    if direction == "neutral":
        strength = min(strength, 1)
    return Verdict(outcome, strength, "band", z, comparator, equal_on_paper)


def verdict(figure: Figure, against: Against, *, direction: Direction, decimals: int) -> Verdict:
    """Return the verdict by test where the figure has margins, else by band."""
    if figure.lower is not None and figure.upper is not None:
        return test(figure, against, direction=direction, decimals=decimals)
    return band(figure.value, against, direction=direction, decimals=decimals)


def band(value: float | None, against: Against, *, direction: Direction, decimals: int) -> Verdict:
    """Return the verdict on a figure without margins.

    Args:
        value: the area's figure, None without one.
        against: the comparator.
        direction: of the indicator.
        decimals: that are printed; equal on paper is never more than vergelijkbaar.

    Example:
        >>> stats = ReferenceStats("indicator", "x", "", "1", 3177, 44.2, 5.57, 20, 70, {})
        >>> gemeente = Against("GM0000", 45.9, stats, Bands())
        >>> verdict = band(48.9, gemeente, direction="worse", decimals=0)
        >>> verdict.outcome.value, verdict.strength, round(verdict.z, 2)
        ('unfavourable', 1, -0.54)
    """
    if value is None or against.value is None or against.stats is None:
        return no_verdict(against.code)
    z = z_score(value, against.value, direction, against.stats)
    equal = half_up(value, decimals) == half_up(against.value, decimals)
    return word(z, against.code, against.bands, direction=direction, equal_on_paper=equal)


def test(figure: Figure, against: Against, *, direction: Direction, decimals: int) -> Verdict:
    """Return the verdict on a figure with a 95 % interval.

    * The interval excludes the comparator's figure and the printed figures differ by at least
      one unit of the last printed decimal (one whole percentage point): gunstiger, ongunstiger.
    * It excludes it, but on paper they are equal: vergelijkbaar.
    * It includes it: vergelijkbaar when the interval lies wholly within ± ``bands.similar`` SD
      of it, otherwise niet zeker (also where there is no SD).

    Args:
        figure: with value, lower and upper.
        against: the comparator; its ``stats`` give the SD, and so z.
        direction: of the indicator; neutral gives hoger, vergelijkbaar, lager.
        decimals: that are printed.
    """
    value, lower, upper, other = figure.value, figure.lower, figure.upper, against.value
    if value is None or lower is None or upper is None or other is None:
        return no_verdict(against.code)
    below, about, above = WORDS[direction]
    z = None if against.stats is None else z_score(value, other, direction, against.stats)
    equal = half_up(value, decimals) == half_up(other, decimals)
    if lower > other or upper < other:
        favourable = normalise.SIGN[direction] * (value - other) > 0
        outcome = about if equal else above if favourable else below
        strength = 0 if equal else 1 if direction == "neutral" else CLEAR
        return Verdict(outcome, strength, "test", z, against.code, equal)
    room = None if against.stats is None else against.bands.similar * against.stats.sd
    close = room is not None and round(max(other - lower, upper - other) - room, NOISE) <= 0
    outcome = about if close else Outcome.UNCERTAIN
    return Verdict(outcome, 0, "test", z, against.code, equal)
