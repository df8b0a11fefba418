"""Several areas in one table: is each number the one of the area at the head of its column or row?

:mod:`wijkprofiel.build.agreement` reads files about one area; a row about several holds the number
of each of them. What a finished PDF says is held against every area's own profile, so that no two
areas change places, whatever the page was made from.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from wijkprofiel.build.agreement import facts, look, pdf
from wijkprofiel.build.agreement.facts import COUNTRY, HERE, Subject
from wijkprofiel.build.agreement.look import Look
from wijkprofiel.build.agreement.passages import Passage
from wijkprofiel.build.agreement.sayings import verdict_words
from wijkprofiel.config import Config
from wijkprofiel.documents.comparison_desk import SetDesk
from wijkprofiel.model import Comparison, DocumentSpec

Subjects = Mapping[str, tuple[Subject, ...]]
"""What is printed of one area: by its title, which a topic and a domain may share."""


@dataclass(frozen=True, slots=True)
class _Known:
    """What the tables of one comparison may say.

    Attributes:
        areas: by what each is called, in the order of the pages.
        words: any verdict word, the longest first.
        score: head of the column with the score of the domain in the heading above.
        theme: the same, as the title of a row.
    """

    areas: Mapping[str, Subjects]
    words: re.Pattern[str]
    score: str
    theme: str


def looks(
    content: bytes, comparison: Comparison, spec: DocumentSpec, config: Config
) -> Iterator[Look]:
    """Yield every number and verdict that stands in a table with an area and a topic or domain.

    Args:
        content: a PDF of this document type.
        comparison: the areas.
        spec: the document type.
        config: the project.
    """
    desk = SetDesk.of(comparison, spec, config)
    words = sorted(verdict_words(desk.words).values(), key=len, reverse=True)
    known = _Known(
        {
            label: _by_title(facts.subjects(profile, config, desk.words))
            for label, profile in zip(desk.labels, comparison.profiles, strict=True)
        },
        re.compile("|".join(map(re.escape, words))),
        desk.words("table.score"),
        desk.text("theme_score") if desk.texts.has("theme_score") else "",
    )
    heading = ""
    for passage in pdf.read(content):
        if passage.heading:
            heading = passage.text
        elif passage.heads:
            yield from _row(passage, heading, known)


def _by_title(subjects: Iterable[Subject]) -> Subjects:
    found: dict[str, tuple[Subject, ...]] = {}
    for subject in subjects:
        found[subject.title] = (*found.get(subject.title, ()), subject)
    return found


def _row(passage: Passage, heading: str, known: _Known) -> Iterator[Look]:
    heads, cells = passage.heads, [str(cell) for cell in passage.cells]
    if set(known.areas) & set(heads[1:]):
        title = heading if known.theme and cells[0] == known.theme else cells[0]
        for head, told in zip(heads[1:], cells[1:], strict=True):
            if head in known.areas:
                yield from _cell(passage.where, _titled(title, known.areas[head]), told, known)
        return
    place, label = _named(cells, known)
    if not label:
        return
    for at, head in enumerate(heads[place + 1 :], start=place + 1):
        if head == known.score:  # its verdict stands in a column of its own, behind it
            told = " ".join(cells[at:])
            yield from _cell(passage.where, _titled(heading, known.areas[label]), told, known)
            return
        yield from _cell(passage.where, known.areas[label].get(head, ()), cells[at], known)


def _titled(text: str, subjects: Subjects) -> tuple[Subject, ...]:
    """What has this title; behind it may stand how many topics have a figure."""
    fits = [title for title in subjects if text == title or text.startswith(f"{title} ")]
    return subjects[max(fits, key=len)] if fits else ()


def _named(cells: Sequence[str], known: _Known) -> tuple[int, str]:
    """Where an area is named in a row, in the first cell or after its number, and what it is."""
    for place, told in enumerate(cells[:2]):
        fits = [label for label in known.areas if told == label or told.startswith(f"{label} ")]
        if fits:
            return place, max(fits, key=len)
    return 0, ""


def _cell(where: str, candidates: Sequence[Subject], told: str, known: _Known) -> Iterator[Look]:
    """Yield the looks at the number and the word of one area."""
    if not candidates:
        return
    word = known.words.search(told)

    def check(subject: Subject) -> Iterator[Look]:
        yield look.cell(where, subject, HERE, told)
        if word is not None:
            yield look.verdict(where, subject, COUNTRY, word.group())

    yield from look.best(candidates, check)
