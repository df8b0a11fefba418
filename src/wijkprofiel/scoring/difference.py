"""The difference between an area and a comparator, with the error of both.

The rest of a comparator. A comparator c is the area a and the rest r together, weighted by the
people that the indicator is about: with s = N_a/N_c, x_c = s·x_a + (1 − s)·x_r. So

    x_r = (N_c·x_c − N_a·x_a)/(N_c − N_a) = (x_c − s·x_a)/(1 − s)
    d   = x_a − x_r = (x_a − x_c)/(1 − s)

The area and the rest are different people: se_c² = s²·se_a² + (1 − s)²·se_r², which gives

    se_r² = (se_c² − s²·se_a²)/(1 − s)²   and   se_d² = se_a² + se_r².

That is not defined where the comparator is published without error, or with less than the area's
own part of it. Then the errors may go together fully, and the bound is

    se_d = (se_a + se_c)/(1 − s):

a comparator known without error gives the same test as the comparator itself.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from wijkprofiel.model import Figure
from wijkprofiel.scoring.uncertainty import Z95, se_of


@dataclass(frozen=True, slots=True)
class Difference:
    """Area minus comparator.

    Attributes:
        value: in the indicator's unit.
        se: its standard error.
        other: the comparator's value: of its rest where ``rest``.
        rest: whether it is with the rest of the comparator.
    """

    value: float
    se: float
    other: float
    rest: bool


def difference(
    figure: Figure,
    other: float,
    other_se: float | None = None,
    share: float = 0.0,
    rest_above: float = 1.0,
) -> Difference:
    """Return the difference of a figure with a comparator, or with the rest of it.

    Args:
        figure: with a value and both limits.
        other: the comparator's figure.
        other_se: its standard error; None: known without error.
        share: of the comparator's people who live in the area, 0–1.
        rest_above: with a larger share than this, the rest of the comparator is taken.

    Example:
        >>> from wijkprofiel.model import Status
        >>> figure = Figure("x", "2020", 50.0, Status.OK, 48.04, 51.96)
        >>> found = difference(figure, 45.0, 0.5, share=0.2, rest_above=0.1)
        >>> found.other, round(found.value, 4), round(found.se, 4)  # √(1 + (0.25 − 0.04)/0.64)
        (43.75, 6.25, 1.1524)
    """
    assert figure.value is not None  # noqa: S101 - the caller looked
    own, error = se_of_figure(figure) or 0.0, other_se or 0.0
    if not rest_above < share < 1:
        return Difference(figure.value - other, math.hypot(own, error), other, rest=False)
    left = 1 - share
    rest = (other - share * figure.value) / left
    squared = error**2 - (share * own) ** 2
    se = math.hypot(own, math.sqrt(squared) / left) if squared >= 0 else (own + error) / left
    return Difference(figure.value - rest, se, rest, rest=True)


def se_of_figure(figure: Figure | None) -> float | None:
    """Return the standard error of a figure: half its interval / 1.96; None without margins."""
    if figure is None or figure.lower is None or figure.upper is None:
        return None
    return float(se_of(figure.lower, figure.upper))


def limits(figure: Figure, found: Difference) -> tuple[float, float]:
    """Return the 95 % interval of a difference.

    The figure's own limits, as far apart as the error of the difference is larger: d − (x −
    lower)·se_d/se_a and d + (upper − x)·se_d/se_a. So it is as skewed as the published margins
    are, and against a comparator without error it is the printed interval itself.
    """
    own = se_of_figure(figure)
    if not own or figure.value is None or figure.lower is None or figure.upper is None:
        return found.value - Z95 * found.se, found.value + Z95 * found.se
    wider = found.se / own
    return (
        found.value - (figure.value - figure.lower) * wider,
        found.value + (figure.upper - figure.value) * wider,
    )
