"""Rows of tables and charts against the profile: a column's head says whose number it is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from wijkprofiel.build.agreement import look
from wijkprofiel.build.agreement.facts import Subject
from wijkprofiel.build.agreement.look import VERDICT, Look
from wijkprofiel.build.agreement.passages import Passage
from wijkprofiel.build.agreement.sayings import Sayings

_AFTER_TITLE = re.compile(r"\s*(?:\w|\d.*)?$")
"""What may follow a title in its cell: the letter of its kind, or how many topics have a figure."""
_SIGN = re.compile(r"^\W+")


def looks(passage: Passage, say: Sayings) -> Iterator[Look] | None:
    """Return the looks at a row with heads that are known, None for another passage."""
    if len(passage.cells) < 2 or not passage.heads:
        return None
    roles = [say.heads.get(head) for head in passage.heads]
    if any(roles):
        return _row(passage, roles, say)
    return _turned(passage, say)


def _row(passage: Passage, roles: Sequence[str | None], say: Sayings) -> Iterator[Look]:
    first = next(place for place, role in enumerate(roles) if role)
    titled = [found for c in passage.cells[:first] if (found := _subjects(c, say))]
    if not titled:
        return
    # The nearest: before it may stand the title of its theme.
    pairs = [(r, c) for r, c in zip(roles, passage.cells, strict=True) if r and c != ""]

    def check(subject: Subject) -> Iterator[Look]:
        for role, told in pairs:
            if not role.startswith(VERDICT):
                yield look.cell(passage.where, subject, role, _plain(told, say))
                continue
            word = say.words.match(_SIGN.sub("", str(told)))
            place = role.removeprefix(VERDICT)
            if word is not None and place in subject.verdicts:
                yield look.verdict(passage.where, subject, place, word.group())

    yield from look.best(titled[-1], check)


def _turned(passage: Passage, say: Sayings) -> Iterator[Look]:
    """A row of one place under the titles of topics."""
    place = say.place.match(str(passage.cells[0]))
    if place is None:
        return
    whose = say.places[place.group()]
    for head, told in zip(passage.heads[1:], passage.cells[1:], strict=True):
        subjects = _subjects(head, say)
        if not subjects or told == "":
            continue

        def check(subject: Subject, told: str | float = told) -> Iterator[Look]:
            yield look.cell(passage.where, subject, whose, _plain(told, say))

        yield from look.best(subjects, check)


def _plain(told: str | float, say: Sayings) -> str | float:
    return say.plain(told) if isinstance(told, str) else told


def _subjects(cell: str | float, say: Sayings) -> tuple[Subject, ...]:
    found = say.titles.match(str(cell))
    if found is None or not _AFTER_TITLE.match(str(cell)[found.end() :]):
        return ()
    return say.subjects[found.group()]
