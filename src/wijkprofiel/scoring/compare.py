"""A difference becomes a verdict: by bands where a table has no margins, else by a test.

docs/method.md §3. The false discovery rate over all tests of a profile comes after:
:mod:`wijkprofiel.scoring.discovery`.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from wijkprofiel.model import Bands, Direction, Figure, Outcome, ReferenceStats, Verdict
from wijkprofiel.scoring import normalise
from wijkprofiel.scoring.difference import Difference, difference, limits
from wijkprofiel.scoring.rounding import half_up
from wijkprofiel.scoring.uncertainty import p_value, probability

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
        value: its figure; None without one.
        stats: the yardstick; None where there are too few reference areas.
        bands: borders of the words.
        se: standard error of ``value``; None: it is known without error.
        share: of the comparator's people who live in the area, 0–1.
        rest_above: with a larger share than this, a test compares with the rest.
        bounds: lowest and highest value that the indicator can have.
        least: smallest printed difference that a test may call one, in the indicator's unit (1
            for a percentage); None: one unit of the last printed decimal.
    """

    code: str
    value: float | None
    stats: ReferenceStats | None
    bands: Bands
    se: float | None = None
    share: float = 0.0
    rest_above: float = 1.0
    bounds: tuple[float, float] = (-math.inf, math.inf)
    least: float | None = None


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
    said = word(z, against.code, against.bands, direction=direction, equal_on_paper=equal)
    return replace(said, other=against.value) if z is not None else said


def test(figure: Figure, against: Against, *, direction: Direction, decimals: int) -> Verdict:
    """Return the verdict on a figure with a 95 % interval.

    * The interval of the difference excludes zero and the printed figures differ enough (one
      whole percentage point): gunstiger, ongunstiger.
    * Otherwise vergelijkbaar when that interval lies wholly within ± ``bands.similar`` SD, else
      niet zeker (also where there is no SD).

    The difference is with the rest of the comparator where the area holds a large part of it,
    and has the error of both sides: :mod:`wijkprofiel.scoring.difference`. Against a comparator
    without error the interval excludes zero just when the printed interval excludes it.

    Args:
        figure: with value, lower and upper.
        against: the comparator; its ``stats`` give the SD, and so z.
        direction: of the indicator; neutral gives hoger, vergelijkbaar, lager.
        decimals: that are printed.
    """
    if figure.value is None or against.value is None:
        return no_verdict(against.code)
    found = difference(figure, against.value, against.se, against.share, against.rest_above)
    low, high = against.bounds
    if found.rest and not low <= found.other <= high:
        # The weights do not fit these figures: a rest that cannot be is no comparator.
        found = difference(figure, against.value, against.se)
    z = (
        None
        if against.stats is None
        else z_score(figure.value, found.other, direction, against.stats)
    )
    sign = normalise.SIGN[direction]
    said = Verdict(
        Outcome.UNCERTAIN,
        0,
        "test",
        z,
        against.code,
        half_up(figure.value, decimals) == half_up(against.value, decimals),
        other=found.other,
        rest=found.rest,
        se=found.se,
        p=float(p_value(found.value, found.se)),
        favourable=float(probability(sign * found.value, found.se)),
    )
    others = (found.other, against.value)
    enough = all(_apart(figure.value, other, decimals, against.least) for other in others)
    lower, upper = limits(figure, found)
    if enough and (round(lower, NOISE) > 0 or round(upper, NOISE) < 0):
        below, _, above = WORDS[direction]
        strength = 1 if direction == "neutral" else CLEAR
        outcome = above if sign * found.value > 0 else below
        return replace(said, outcome=outcome, strength=strength)
    return unproven(said, figure, against.stats, against.bands, direction)


def unproven(
    said: Verdict,
    figure: Figure,
    stats: ReferenceStats | None,
    bands: Bands,
    direction: Direction,
) -> Verdict:
    """Return a verdict by test without its claim: vergelijkbaar where that is sure, else ◌.

    Args:
        said: by test, with ``other`` and ``se``.
        figure: that it is about, with its limits.
        stats: the yardstick; without one nothing is surely vergelijkbaar.
        bands: ``similar`` is the room on both sides, in SDs.
        direction: of the indicator.
    """
    outcome = Outcome.UNCERTAIN
    if stats is not None and figure.value is not None and said.other is not None:
        assert said.se is not None  # noqa: S101 - a verdict by test has one
        found = Difference(figure.value - said.other, said.se, said.other, said.rest)
        lower, upper = limits(figure, found)
        if round(max(-lower, upper) - bands.similar * stats.sd, NOISE) <= 0:
            outcome = WORDS[direction][1]
    return replace(said, outcome=outcome, strength=0)


def _apart(value: float, other: float, decimals: int, least: float | None) -> bool:
    """Whether the two figures as printed differ by ``least`` or more."""
    room = 10.0**-decimals if least is None else least
    apart = abs(half_up(value, decimals) - half_up(other, decimals))
    return round(apart - room, NOISE) >= 0
