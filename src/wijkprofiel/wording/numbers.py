"""Figures on paper: whole percentages half up, counts to five, Dutch notation, five statuses.

Source of the rules: method.md §5. A value, a missing value, a suppressed value, not applicable
and zero are different things here and in everything that is made from here.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from babel.numbers import format_decimal

from wijkprofiel.model import Figure, Indicator, Status
from wijkprofiel.scoring.rounding import half_up
from wijkprofiel.wording.words import Words

COUNT_STEP = 5
TENTHS_FROM, TENTHS_TO = 20, 94
"""Percentages that ten figures can show; outside it takes a hundred dots."""


@dataclass(frozen=True, slots=True)
class Printed:
    """A figure as it stands on paper.

    Attributes:
        number: "49", "33.330", "0,8", "€ 32.500", a class word, or "–".
        unit: what stands against or after the number: "%", "km", "".
        word: why there is no number ("onbekend"), "" when there is one.
        value: the rounded value, None when there is none.
    """

    number: str
    unit: str
    word: str
    value: float | None

    @property
    def present(self) -> bool:
        """Whether there is a number."""
        return not self.word

    @property
    def text(self) -> str:
        """Number and unit in one ("49%", "0,8 km"), or the reason why there is none."""
        if self.word:
            return self.word
        space = "" if self.unit in ("%", "") else "\u00a0"
        return f"{self.number}{space}{self.unit}"


@lru_cache(maxsize=1 << 16)
def decimal(value: float, decimals: int, language: str) -> str:
    """Return ``value`` in the notation of ``language``, rounded half up, with fixed decimals.

    Example:
        >>> decimal(33330, 0, "nl"), decimal(0.75, 1, "nl")
        ('33.330', '0,8')
    """
    pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
    return str(format_decimal(half_up(value, decimals), format=pattern, locale=language))


def rounded(value: float, indicator: Indicator) -> float:
    """Return the value that is printed: people to five, everything else to its own decimals."""
    if indicator.unit == "count" and indicator.decimals == 0 and counts_people(indicator):
        return half_up(value / COUNT_STEP, 0) * COUNT_STEP
    if indicator.unit == "thousand-euro":
        return half_up(value * 1000, 0) if indicator.decimals else half_up(value, 0) * 1000
    return half_up(value, indicator.decimals)


def printed(figure: Figure | None, indicator: Indicator, words: Words) -> Printed:
    """Return ``figure`` as it stands on paper; no figure at all reads as absent."""
    if figure is not None and figure.spread is not None and indicator.unit == "class":
        return Printed(_spread(figure.spread, indicator, words), "", "", None)
    if figure is None or figure.status is not Status.OK or figure.value is None:
        status = Status.ABSENT if figure is None else figure.status
        return Printed(words("number.missing"), "", words(f"status.{status.value}"), None)
    language = words("language")
    value = rounded(figure.value, indicator)
    if indicator.unit == "class":
        code = f"{value:g}"
        return Printed(indicator.classes.get(code, code), "", "", value)
    number = decimal(value, indicator.decimals, language)
    if indicator.unit == "percent":
        return Printed(number, words("number.percent"), "", value)
    if indicator.unit == "thousand-euro":
        euros = words("number.euro", number=decimal(value, 0, language))
        return Printed(euros, "", "", value)
    unit = words(f"number.{indicator.unit}") if indicator.unit in ("km", "per-km2") else ""
    return Printed(number, unit, "", value)


def _spread(spread: tuple[float, float], indicator: Indicator, words: Words) -> str:
    """Return "sterk tot zeer sterk stedelijk": words that both classes end in are said once.

    The highest code comes first: the classes of CBS count down from the most.
    """
    low, high = (indicator.classes.get(f"{code:g}", f"{code:g}").split() for code in spread)
    shared = 0
    while shared < min(len(low), len(high)) - 1 and low[-1 - shared] == high[-1 - shared]:
        shared += 1
    first = " ".join(high[: len(high) - shared])
    return words("number.spread", low=first, high=" ".join(low))


def score(value: float | None, words: Words) -> str:
    """Return a 0–10 score with one decimal ("4,6"), or the dash."""
    if value is None:
        return words("number.missing")
    return decimal(value, 1, words("language"))


@dataclass(frozen=True, slots=True)
class Frequency:
    """A percentage as so many of so many.

    Attributes:
        count: how many, rounded half up.
        of: 10 or 100.
        value: the percentage itself.
    """

    count: int
    of: int
    value: float


def frequencies(values: Iterable[float]) -> list[Frequency]:
    """Return the percentages as natural frequencies that may stand beside each other.

    All are told "van de 10", or all "van de 100": the latter when one of them does not suit ten
    figures (below 20, above 94), or when the first, which the others are compared with, would
    round to the same tenth as one of them.

    Example:
        >>> [(f.count, f.of) for f in frequencies([48.9, 47.0])]
        [(49, 100), (47, 100)]
        >>> [(f.count, f.of) for f in frequencies([67.3, 47.0])]
        [(7, 10), (5, 10)]
        >>> [(f.count, f.of) for f in frequencies([48.0, 44.1, 43.9])]
        [(5, 10), (4, 10), (4, 10)]
    """
    given = list(values)
    # Of the printed percentage, so that figures that read alike are told alike.
    tenths = [int(half_up(half_up(value, 0) / 10, 0)) for value in given]
    plain = all(TENTHS_FROM <= half_up(value, 0) <= TENTHS_TO for value in given)
    if plain and tenths[0] not in tenths[1:]:
        return [Frequency(count, 10, value) for count, value in zip(tenths, given, strict=True)]
    return [Frequency(int(half_up(value, 0)), 100, value) for value in given]


def shares(figures: Iterable[Figure], *, turned: bool = False) -> list[Frequency]:
    """Return figures as natural frequencies of their printed percentages.

    Turned, they are what is left of a hundred after rounding, so that the two always add up.
    """
    values = [figure.value for figure in figures if figure.value is not None]
    if turned:
        values = [100 - half_up(value, 0) for value in values]
    return frequencies(values)


def frequency_words(frequency: Frequency, words: Words, *, of: bool = True) -> str:
    """Return "5 van de 10", "47 van de 100", or the words for none, hardly any and all.

    With ``of`` false only the count, for the second in a row.
    """
    if frequency.value == 0:
        return words("compared.none")
    if frequency.value == 100:
        return words("compared.all")
    if frequency.count == 0:
        return words("compared.less")
    if not of:
        return str(frequency.count)
    key = "compared.tenth" if frequency.of == 10 else "compared.hundred"
    return words(key, count=frequency.count)


def counts_people(indicator: Indicator) -> bool:
    """Return whether a count of this topic counts people, so that it is printed to five."""
    return indicator.group in ("population", "households", "health")
