"""From what stands in a cell to a number, or to the reason why there is none.

Nothing is guessed per cell. Which sign is the decimal one is found out once per file, from the
numbers that can be read in one way only; a file that leaves it open, or uses both, is refused.
"""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from wijkprofiel.model.computed import Status

Sign = Literal[",", "."]

USUAL: Mapping[str, str] = {
    "": Status.UNKNOWN.value,
    ".": Status.UNKNOWN.value,
    "..": Status.UNKNOWN.value,
    "-": Status.UNKNOWN.value,
    "–": Status.UNKNOWN.value,
    "onbekend": Status.UNKNOWN.value,
    "x": Status.SUPPRESSED.value,
    "geheim": Status.SUPPRESSED.value,
    "te weinig mensen": Status.SUPPRESSED.value,
    "n.v.t.": Status.NOT_APPLICABLE.value,
    "nvt": Status.NOT_APPLICABLE.value,
    "niet gemeten": Status.NOT_MEASURED.value,
}
"""Signs for 'no figure' and their meaning, in small letters; a layout adds to them. CBS writes a
hyphen for nil: read as onbekend it is at least never a wrong figure."""

_FEW = re.compile(r"^[<≤]\s*\d+(?:[.,]\d+)?\s*%?$")
_PLAIN = re.compile(r"^[-+]?\d+$")
_SPACES = re.compile(r"(?<=\d)[ \u00a0\u202f](?=\d{3}(?:\D|$))")
_ROUNDED = 10
"""Decimals that are kept of a percentage that was a fraction: 0.57 · 100 is not exactly 57."""


@dataclass(frozen=True, slots=True)
class Amount:
    """What a cell says.

    Attributes:
        value: NaN where there is none.
        status: a value of :class:`Status`; "ok" beside a number.
        percent: the cell itself says that it is a percentage, so its scale is known.
        wrong: why it is neither a number nor a known sign; empty when it is.
    """

    value: float = math.nan
    status: str = Status.OK.value
    percent: bool = False
    wrong: str = ""


def missing_signs(declared: Mapping[str, str]) -> dict[str, str]:
    """Return the usual signs and those of a layout, in small letters."""
    return {**USUAL, **{sign.strip().lower(): status for sign, status in declared.items()}}


def read(cell: object, missing: Mapping[str, str], decimal: Sign, *, percent: bool) -> Amount:
    """Return what a cell says.

    Args:
        cell: a value as calamine gives it, or text.
        missing: of :func:`missing_signs`.
        decimal: decimal sign of numbers in text.
        percent: the cell is formatted as a percentage, so a number in it is a fraction.
    """
    if isinstance(cell, bool):
        return Amount(wrong=f"{'WAAR' if cell else 'ONWAAR'} is no number")
    if isinstance(cell, dt.date | dt.time | dt.timedelta):
        return Amount(wrong=f"{cell} is a date or a time, no number")
    if isinstance(cell, int | float):
        return Amount(round(cell * 100, _ROUNDED) if percent else float(cell), percent=percent)
    text = " ".join(str(cell if cell is not None else "").split())
    if (status := missing.get(text.lower())) is not None:
        return Amount(status=status)
    if _FEW.match(text):
        return Amount(status=Status.SUPPRESSED.value)
    return _of_text(text, decimal)


def _of_text(text: str, decimal: Sign) -> Amount:
    bare, own = _bare(text)
    thousands = "." if decimal == "," else ","
    if _grouped(thousands, decimal).match(bare):
        bare = bare.replace(thousands, "")
    elif not re.match(rf"^[-+]?\d+(?:\{decimal}\d+)?$", bare):
        return Amount(wrong=f"'{text}' is no number")
    return Amount(float(bare.replace(decimal, ".")), percent=own)


def _grouped(thousands: str, decimal: str = "") -> re.Pattern[str]:
    """Return the pattern of a number in groups of three: 1.234,5."""
    tail = rf"(?:\{decimal}\d+)?" if decimal else ""
    return re.compile(rf"^[-+]?\d{{1,3}}(?:\{thousands}\d{{3}})+{tail}$")


def _bare(text: str) -> tuple[str, bool]:
    """Return a number in text without its percent sign and spaces, and whether it had the sign."""
    own = text.endswith("%")
    bare = text[:-1].strip() if own else text
    return _SPACES.sub("", bare.replace("−", "-")), own


def evidence(text: str) -> Sign | Literal["?", ""]:
    """Return the decimal sign that a number in text shows: ``?`` could be either, "" shows none.

    >>> evidence("45,3"), evidence("1.234,5"), evidence("1.234"), evidence("12"), evidence("0.450")
    (',', ',', '?', '', '.')
    """
    bare, _ = _bare(" ".join(text.split()))
    signs = [sign for sign in bare if sign in ",."]
    if _PLAIN.match(bare) or not signs or not re.match(r"^[-+]?[\d.,]+$", bare):
        return ""
    last: Sign = "," if signs[-1] == "," else "."
    other: Sign = "." if last == "," else ","
    if len(signs) == 1:
        return "?" if re.match(r"^[-+]?[1-9]\d{0,2}[.,]\d{3}$", bare) else last
    if set(signs) == {last}:
        return other if _grouped(last).match(bare) else ""
    return last if _grouped(other, last).match(bare) else ""


def decimal_sign(texts: Iterable[str]) -> tuple[Sign | None, dict[str, str]]:
    """Return the decimal sign of a file, and what is wrong with which texts.

    Args:
        texts: every number of the file that stands there as text.

    Returns:
        The sign, None where no text shows one, and per text that does not fit a sentence.
    """
    found: dict[str, list[str]] = {",": [], ".": [], "?": []}
    for text in texts:
        if shown := evidence(text):
            found[shown].append(text)
    commas, points, open_ = found[","], found["."], found["?"]
    if commas and points:
        few, many = sorted((points, commas), key=len)
        message = f"has another decimal sign than '{many[0]}' elsewhere"
        return ("," if many is commas else "."), {text: f"'{text}' {message}" for text in few}
    if commas or points:
        return ("," if commas else "."), {}
    return None, {
        text: f"'{text}' can be {_with(text, thousands=True)} and {_with(text, thousands=False)}"
        for text in open_
    }


def _with(text: str, *, thousands: bool) -> str:
    bare, _ = _bare(text)
    return re.sub(r"[.,]", "" if thousands else ",", bare)
