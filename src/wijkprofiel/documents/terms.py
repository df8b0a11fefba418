"""Definitions: beside the figures where there is room, the others in the colophon.

A page has room for a short definition only; the full one travels with the data.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import floor

from wijkprofiel.charts import tokens
from wijkprofiel.documents.desk import Desk
from wijkprofiel.documents.marks import tile
from wijkprofiel.documents.table import judged
from wijkprofiel.model import Domain, DomainScore, Topic
from wijkprofiel.wording import sentences

NOTE_PT, NOTE_LINE = 7.5, 3.3
THEME_WIDTH, THEME_HEIGHT = 118.67, 80.0
THEME_FIXED = 6.0 + 1.5 + 30.5
"""Millimetres of a theme's right column that the head, the white and the cells below take."""
VULNERABLE_WIDTH = 2 * 57.33
"""Room beside the block about vulnerable people: two lines."""
SHARE = 0.97
"""Part of a line that is filled on average, because words do not break."""


@dataclass(frozen=True, slots=True)
class Term:
    """A topic and what it means, in a few words."""

    title: str
    meaning: str


def term(topic: Topic) -> Term:
    """Return the topic with its brief definition, or else the first sentence of the full one."""
    return Term(topic.indicator.title, brief(topic))


def brief(topic: Topic) -> str:
    """Return a definition in a few words, without the full stop."""
    return topic.indicator.brief or topic.indicator.definition.split(". ")[0].rstrip(".")


def beside(score: DomainScore, desk: Desk) -> tuple[Topic, ...]:
    """Return the topics of a theme whose definitions fit under its table, in their order."""
    rows, facts = shown(score.domain, desk), shown(score.domain, desk, facts=True)
    told = score_line(score, desk)
    free = tokens.size(desk.style, "theme_room", THEME_HEIGHT - THEME_FIXED)
    room = free - 6.2 * len(score.domain.pages.rows)
    lines = floor(room / NOTE_LINE)
    if told:
        lines -= len(desk.measure.wrap(told, NOTE_PT, THEME_WIDTH * SHARE))
    return fitting([*rows, *facts], THEME_WIDTH * max(lines, 0), desk)


def score_line(score: DomainScore, desk: Desk) -> str:
    """Return the score of a theme in words, "" for a theme that is one topic."""
    return sentences.score_line(score, desk.names, desk.words) if score.total > 1 else ""


def fitting(topics: Iterable[Topic], width: float, desk: Desk) -> tuple[Topic, ...]:
    """Return the topics whose definitions go within ``width`` mm of text, the first ones first."""
    found, left = [], width * SHARE
    for topic in topics:
        taken = length(topic, desk)
        if taken <= left:
            left -= taken
            found.append(topic)
    return tuple(found)


def length(topic: Topic, desk: Desk) -> float:
    """Return the width of a definition on one line, in mm."""
    told = term(topic)
    bold = desk.measure.text_width(f"{told.title}: ", NOTE_PT, 700)
    return bold + desk.measure.text_width(f"{told.meaning}. ", NOTE_PT)


def shown(domain: Domain, desk: Desk, *, facts: bool = False) -> list[Topic]:
    """Return the topics of a theme's table, or its facts, that have a figure anywhere."""
    ids = domain.pages.facts if facts else domain.pages.rows
    topics = [t for t in map(desk.topic, ids) if t is not None]
    return [t for t in topics if t.country.value is not None]


def vulnerable(desk: Desk) -> tuple[Topic, ...]:
    """Return the topics about vulnerable people whose definitions fit beside those."""
    if not desk.inhabited:
        return ()
    told = _beside_themes(desk)
    topics = [t for t in map(desk.topic, desk.spec.vulnerable) if t is not None]
    left = [t for t in topics if t.indicator.id not in told and _figure_of(t, desk)]
    return fitting(left, VULNERABLE_WIDTH, desk)


def _beside_themes(desk: Desk) -> set[str]:
    """Ids of the topics whose definitions stand beside a theme."""
    result = desk.framework(desk.spec.themes)
    scores = result.domains if result and desk.inhabited else ()
    return {topic.indicator.id for score in scores for topic in beside(score, desk)}


def _in_tile(topic: Topic, desk: Desk) -> bool:
    """Whether the key figures on the first page say what the topic is."""
    if topic.indicator.id not in desk.spec.key_figures or not topic.indicator.brief:
        return False
    return topic.indicator.brief == tile(topic, desk, defined=True).compare


def _figure_of(topic: Topic, desk: Desk) -> bool:
    """Whether there is a figure to explain: of an empty area its own, else also the country's."""
    return (topic.country if desk.inhabited else topic.figure).value is not None


def elsewhere(desk: Desk) -> list[Topic]:
    """Return the topics on the pages whose definitions do not stand beside a theme."""
    result = desk.framework(desk.spec.themes)
    scores = result.domains if result and desk.inhabited else ()
    told = _beside_themes(desk)
    topics = [t for score in scores for t in judged(score.domain, desk)]
    for score in scores:
        topics += [*shown(score.domain, desk), *shown(score.domain, desk, facts=True)]
    alone = (*(desk.spec.vulnerable if desk.inhabited else ()), *desk.spec.key_figures)
    topics += [t for t in map(desk.topic, alone) if t is not None]
    told |= {t.indicator.id for t in topics if _in_tile(t, desk)}
    told |= {t.indicator.id for t in vulnerable(desk)}
    return list(
        {
            topic.indicator.id: topic
            for topic in topics
            if topic.indicator.id not in told and _figure_of(topic, desk)
        }.values()
    )
