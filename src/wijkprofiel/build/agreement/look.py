"""One number or word of a document, held against the profile."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from wijkprofiel.build.agreement.facts import NUMBER, Subject
from wijkprofiel.scoring.rounding import half_up

VERDICT = "verdict_"
"""Before the place of a verdict, in :attr:`Look.whose`."""
TALLY = "topics_"
"""Before the place of a count of topics, in :attr:`Look.whose`."""
BESIDE = "beside"
TREND = "trend"


@dataclass(frozen=True, slots=True)
class Look:
    """What stands somewhere, and what should.

    Attributes:
        where: in its file.
        title: of the topic or domain it stands with.
        whose: a place of :mod:`.facts` or the name of a part; "verdict_" and a place; "topics_" and
            a place for how many topics have the verdict that is its title; "beside" for another
            number with the title; "trend" for its first and last value.
        expected, found: as printed; of "beside" all that is right.
        right: they agree.
    """

    where: str
    title: str
    whose: str
    expected: str
    found: str
    right: bool


def number(where: str, subject: Subject, whose: str, found: str) -> Look:
    """Return the look at a printed number; "" where none is printed."""
    expected = subject.numbers.get(whose, "")
    return Look(where, subject.title, whose, expected, found, found == expected)


def cell(where: str, subject: Subject, whose: str, found: str | float) -> Look:
    """Return the look at the cell of a table: a number, or text that may hold one."""
    if isinstance(found, str):
        printed = NUMBER.search(found)
        return number(where, subject, whose, printed.group() if printed else "")
    value = subject.values.get(whose)
    expected = "" if value is None else f"{value:g}"
    return Look(where, subject.title, whose, expected, f"{found:g}", value == found)


def beside(where: str, subject: Subject, found: str) -> Look:
    """Return the look at a number that stands somewhere with the title."""
    known = subject.all_numbers
    return Look(where, subject.title, BESIDE, _listed(known), found, found in known)


@lru_cache(maxsize=256)
def _listed(numbers: frozenset[str]) -> str:
    """Numbers in one line; those of one topic are asked for again and again."""
    return ", ".join(sorted(numbers))


def verdict(where: str, subject: Subject, place: str, word: str) -> Look:
    """Return the look at a verdict word."""
    expected = subject.verdicts.get(place, "")
    return Look(where, subject.title, VERDICT + place, expected, word, word == expected)


def trend(where: str, subject: Subject, found: Sequence[str]) -> Look:
    """Return the look at the first and the last value of a trend."""
    told = [" – ".join(ends) for ends in (subject.ends, found)]
    return Look(where, subject.title, TREND, told[0], told[1], told[0] == told[1])


def share(
    where: str, subject: Subject, place: str, frequency: re.Match[str], *, turned: bool
) -> Look:
    """Return the look at "49 van de 100", found by :attr:`.sayings.Sayings.frequency`."""
    count, of = frequency["n10"] or frequency["n100"], 10 if frequency["n10"] else 100
    return counted(where, subject, place, (int(count), of), turned=turned)


def counted(
    where: str, subject: Subject, place: str, told: tuple[int, int], *, turned: bool
) -> Look:
    """Return the look at so many of ten or of a hundred.

    It must be the printed percentage, or what that leaves of a hundred where it is ``turned``.
    """
    count, of = told
    value = subject.values.get(place)
    expected = ""
    if value is not None:
        printed = half_up(value, 0)
        expected = f"{half_up((100 - printed if turned else printed) * of / 100, 0):g}/{of}"
    return Look(where, subject.title, place, expected, f"{count}/{of}", expected == f"{count}/{of}")


def tallied(where: str, place: str, told: tuple[str, str], expected: str) -> Look:
    """Return the look at how many topics have one verdict: the word, and the number found."""
    word, found = told
    return Look(where, word, TALLY + place, expected, found, found == expected)


def best(candidates: Sequence[Subject], check: Callable[[Subject], Iterable[Look]]) -> list[Look]:
    """Return the looks at what fits best, of things with one title: a domain and a topic."""
    made = [list(check(subject)) for subject in candidates]
    return min(made, key=lambda looks: sum(not look.right for look in looks))
