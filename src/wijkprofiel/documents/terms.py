"""Definitions: beside the figures where there is room, the others in the colophon.

A page has room for a short definition only; the full one travels with the data.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import floor

from wijkprofiel.documents.desk import Desk
from wijkprofiel.documents.table import judged
from wijkprofiel.model import Domain, Topic

NOTE_PT, NOTE_LINE = 7.5, 3.3
THEME_WIDTH, THEME_HEIGHT = 118.67, 80.0
THEME_FIXED = 6.0 + 4.8 + 31.5
"""Millimetres of a theme's right column that the head, the score and the cells below take."""
SHARE = 0.97
"""Part of a line that is filled on average, because words do not break."""


@dataclass(frozen=True, slots=True)
class Term:
    """A topic and what it means, in a few words."""

    title: str
    meaning: str


def term(topic: Topic) -> Term:
    """Return the topic with its brief definition, or else the first sentence of the full one."""
    indicator = topic.indicator
    meaning = indicator.brief or indicator.definition.split(". ")[0].rstrip(".")
    return Term(indicator.title, meaning)


def beside(topics: Sequence[Topic], desk: Desk) -> tuple[Topic, ...]:
    """Return the topics of a theme's table whose definitions fit under it, in their order."""
    room = THEME_HEIGHT - THEME_FIXED - 6.2 * len(topics)
    lines = max(floor(room / NOTE_LINE), 0)
    return fitting(topics, THEME_WIDTH * lines, desk)


def fitting(topics: Iterable[Topic], width: float, desk: Desk) -> tuple[Topic, ...]:
    """Return as many topics, from the first on, as have definitions within ``width`` mm of text."""
    found, left = [], width * SHARE
    for topic in topics:
        left -= length(topic, desk)
        if left < 0:
            break
        found.append(topic)
    return tuple(found)


def length(topic: Topic, desk: Desk) -> float:
    """Return the width of a definition on one line, in mm."""
    told = term(topic)
    bold = desk.measure.text_width(f"{told.title}: ", NOTE_PT, 700)
    return bold + desk.measure.text_width(f"{told.meaning}. ", NOTE_PT)


def shown(domain: Domain, desk: Desk) -> list[Topic]:
    """Return the topics in a theme's table that have a figure anywhere."""
    topics = [t for t in map(desk.topic, domain.pages.rows) if t is not None]
    return [t for t in topics if t.country.value is not None]


def elsewhere(desk: Desk) -> list[Topic]:
    """Return the judged topics with figures whose definitions do not stand beside a theme."""
    result = desk.framework(desk.spec.themes)
    domains = [score.domain for score in result.domains] if result else []
    told = {topic.indicator.id for domain in domains for topic in beside(shown(domain, desk), desk)}
    found: dict[str, Topic] = {}
    for domain in domains:
        for topic in judged(domain, desk):
            if topic.country.value is not None and topic.indicator.id not in told:
                found[topic.indicator.id] = topic
    return list(found.values())
