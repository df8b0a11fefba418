"""Percentages as 45 or as 0,45: found out per topic, and refused where it stays open."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from wijkprofiel.errors import Problem
from wijkprofiel.sources.grid import Place
from wijkprofiel.sources.layout import Scale

_ROUNDED = 10
_DECLARE = "declare it: 'scale: fraction' (0,45 is 45 %) or 'scale: percent' (0,45 is 0,45 %)"
_FAR = 10
"""How many times smaller than all others a value must be before its scale is doubted."""


@dataclass(slots=True)
class Number:
    """A number of a topic that is counted in percent: a value or a limit.

    Attributes:
        value: as read; as a percentage after :func:`settle`.
        known: its own cell says that it is a percentage.
        place: row and column of its cell.
    """

    value: float
    known: bool
    place: Place


def settle(
    topic: str, numbers: Sequence[Number], scale: Scale | None, at: Callable[[int, int], str]
) -> list[Problem]:
    """Turn all ``numbers`` of one topic into percentages, in place.

    A cell that says so itself ("45,0%", or 0.45 formatted as 45%) needs no scale. The others are
    of one scale: the declared one, or percentages when any of them is above 1. All of them
    between 0 and 1, or one that is far below the others but fits them a hundredfold: refused.

    Args:
        topic: for the sentence.
        numbers: of all areas and periods.
        scale: as declared, or None.
        at: names a cell.

    Returns:
        What is wrong, by cell.
    """
    plain = [number for number in numbers if not number.known]
    if scale == "fraction":
        for number in plain:
            number.value = round(number.value * 100, _ROUNDED)
        return []
    if scale == "percent":
        return []
    small = [number for number in plain if 0 < number.value <= 1]
    if small and not any(number.value > 1 for number in plain):
        message = f"{topic}: {small[0].value:g} and all others lie between 0 and 1"
        return [
            Problem(at(*small[0].place), f"{message}: is that a share or a percentage?", _DECLARE)
        ]
    fits = _fits([number.value for number in numbers if number.value > 1])
    return [
        Problem(at(*number.place), f"{topic}: {number.value:g} stands beside {told}", _DECLARE)
        for number in small
        if (told := fits(number.value))
    ]


def _fits(others: Sequence[float]) -> Callable[[float], str]:
    """Return a test whether a small value is of another scale than ``others``."""
    if not others:
        return lambda _: ""
    least, most = min(others), max(others)

    def test(value: float) -> str:
        doubtful = value * _FAR < least and least / 3 <= value * 100 <= most * 3
        return f"{least:g} to {most:g}: two scales in one column?" if doubtful else ""

    return test
