"""Which actions of a plan are still to come, and which lie behind: by what ``when`` says.

An action has no other clock than the words of ``when``. The year it is held against is that of the
edition, the only date in a document.

* **past**: the last year in ``when`` lies before the year of the edition. That its time has passed
  is all that this says: whether it was done, only the people of the area know.
* **going**: it began before that year and has no end ("sinds", "vanaf" with one year; "tot nu"; a
  dash with nothing behind it).
* **ahead**: the last year is that of the edition, or a later one.
* **unknown**: there is no year. Then nothing is claimed about past or future.

A wijkdialoog has a day of its own (:func:`dialogue_day`).

Every document that shows actions asks :func:`plan`, so that no two of them contradict each other.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from wijkprofiel.model import Action, Dialogue

_YEARS = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_SHORT = re.compile(r"(?<!\d)((?:19|20)\d\d)\s*[-–—/]\s*['’]?(\d\d)(?!\d)")
"""A span whose end has two digits: "2024–26"."""
_DASH_AT_END = re.compile(r"\d\s*[-–—]\s*$")
_CENTURY = 100


class Time(StrEnum):
    """Where an action lies in time."""

    PAST = "past"
    GOING = "going"
    AHEAD = "ahead"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class OpenEnds:
    """Words that say that something goes on, in the language of the people, in small letters.

    Attributes:
        since: they open a span that has no end: "sinds", "vanaf".
        now: they end a span at today: "nu", "heden".
    """

    since: frozenset[str]
    now: frozenset[str]


@dataclass(frozen=True, slots=True)
class ActionPlan:
    """The actions of an area, by their time; each part keeps the order in which they were written.

    Attributes:
        current: those that go on, are still to come, or have no year.
        past: those whose time has passed.
        tone: what may be said of all of ``current``: "ahead" (they are going to be done), "going"
            (they are being done), or "open" (neither, because one has no year, or they differ).
    """

    current: tuple[Action, ...]
    past: tuple[Action, ...]
    tone: Literal["ahead", "going", "open"]


def plan(actions: Iterable[Action], year: int, ends: OpenEnds) -> ActionPlan:
    """Return the actions by their time.

    Args:
        actions: of the area.
        year: of the edition.
        ends: words for something that goes on.

    Example:
        >>> ends = OpenEnds(frozenset({"sinds"}), frozenset({"nu"}))
        >>> times = ("2018–2022", "sinds 2017", "")
        >>> made = [Action(goal="Meer", action="Doen", when=time) for time in times]
        >>> found = plan(made, 2026, ends)
        >>> [a.when for a in found.past], [a.when for a in found.current], found.tone
        (['2018–2022'], ['sinds 2017', ''], 'open')
    """
    timed = [(action, time_of(action.when, year, ends)) for action in actions]
    current = tuple(action for action, time in timed if time is not Time.PAST)
    times = {time for _, time in timed if time is not Time.PAST}
    tone: Literal["ahead", "going", "open"] = "open"
    if times == {Time.AHEAD}:
        tone = "ahead"
    elif times == {Time.GOING}:
        tone = "going"
    return ActionPlan(current, tuple(a for a, time in timed if time is Time.PAST), tone)


def dialogue_day(told: Dialogue, edition: dt.date) -> dt.date | None:
    """Return the day of a wijkdialoog that may be printed, None where there is none.

    One before the edition that nobody marked as held is not announced as still to come, and not
    told as something that happened: nobody wrote that it did.

    Args:
        told: what the area's own file says.
        edition: day of the edition.

    Example:
        >>> day = dt.date(2024, 3, 12)
        >>> dialogue_day(Dialogue(date=day), dt.date(2024, 3, 13)) is None
        True
        >>> dialogue_day(Dialogue(date=day, held=True), dt.date(2024, 3, 13))
        datetime.date(2024, 3, 12)
    """
    gone = told.date is not None and told.date < edition and not told.held
    return None if gone else told.date


def time_of(when: str, year: int, ends: OpenEnds) -> Time:
    """Return where an action lies in time, by the words of ``when``; see the module's text."""
    found = list(years(when))
    if not found:
        return Time.UNKNOWN
    if max(found) >= year:
        return Time.AHEAD
    words = set(re.findall(r"[^\W\d_]+", when.lower()))
    unended = words & ends.now or _DASH_AT_END.search(when)
    if unended or (words & ends.since and len(set(found)) == 1):
        return Time.GOING
    return Time.PAST


def years(text: str) -> Iterator[int]:
    """Yield the years that a text names; "2024–26" names two.

    Example:
        >>> [*years("klaar eind 2019")], [*years("2024–26")], [*years("elke week")]
        ([2019], [2024, 2026], [])
    """
    yield from map(int, _YEARS.findall(text))
    for first, short in _SHORT.findall(text):
        end = int(first) // _CENTURY * _CENTURY + int(short)
        if end > int(first):
            yield end
