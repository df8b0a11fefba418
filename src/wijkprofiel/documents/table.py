"""All judged topics in one table with the spine chart, and the block about vulnerable people."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from markupsafe import Markup

from wijkprofiel.charts import spine, tokens
from wijkprofiel.documents.desk import Desk
from wijkprofiel.documents.marks import (
    Mark,
    Number,
    cell,
    css_of,
    figure_mark,
    picture,
    tile,
)
from wijkprofiel.model import Domain, Status, Topic
from wijkprofiel.profile import tally
from wijkprofiel.wording.numbers import printed
from wijkprofiel.wording.verdicts import word

ROW_HEIGHT = 4.05
SPINE_WIDTH = 38.0
SPINE_WIDTH_ALONE = 71.0
"""Width where there is no gemeente, so that two columns fall away."""
SIMILAR_WIDTH = 11.0
"""Width that a column with similar wijken takes from the chart."""


@dataclass(frozen=True, slots=True)
class Row:
    """One topic; the gemeente's cells are None where there is none to compare with.

    Attributes:
        kind: letter for an outcome or a determinant.
        similar: the mean of similar wijken, None where the project asks for none.
    """

    title: str
    kind: str
    chart: Markup
    here: str
    gemeente: str | None
    country: str
    similar: str | None
    against_gemeente: Mark | None
    against_country: Mark


@dataclass(frozen=True, slots=True)
class Group:
    """A theme's rows."""

    title: str
    colour: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """All judged topics by theme.

    Attributes:
        absent: titles of topics that are not in these data at all, in a sentence.
        similar: how many similar wijken there are, 0 where the project asks for none.
    """

    groups: tuple[Group, ...]
    absent: str
    similar: int = 0


@dataclass(frozen=True, slots=True)
class Vulnerable:
    """A topic of the block about vulnerable people: a large number and what it is compared to."""

    number: Number
    marks: tuple[Mark, ...]


def table(desk: Desk) -> Table:
    """Return every judged topic of the document's themes, once, in their order."""
    result = desk.framework(desk.spec.themes)
    domains = [score.domain for score in result.domains] if result else []
    groups, absent = [], []
    kinds = _kinds(domains, desk)
    for domain in domains:
        topics = list(judged(domain, desk))
        rows = [topic for topic in topics if not _absent(topic)]
        absent += [topic.indicator.title for topic in topics if _absent(topic)]
        if rows:
            told = tuple(_row(topic, kinds[topic.indicator.id], desk) for topic in rows)
            groups.append(Group(domain.title, domain.colour, told))
    return Table(tuple(groups), desk.words.enumerate(absent), len(desk.profile.similar))


def judged(domain: Domain, desk: Desk) -> Iterator[Topic]:
    """Yield the topics that a domain is scored on, in the order of its slots."""
    yield from tally.judged([domain], desk.profile.topics)


def _kinds(domains: Iterable[Domain], desk: Desk) -> dict[str, str]:
    """Per indicator the letter of its slot's kind, by the framework of the web where it has one."""
    web = desk.framework(desk.spec.web)
    every = [*domains, *(score.domain for score in web.domains)] if web else list(domains)
    return {
        indicator.id: desk.words(f"domain.letter.{slot.kind}")
        for domain in every
        for slot in domain.slots
        for indicator in slot.indicators
    }


def vulnerable(desk: Desk) -> tuple[Vulnerable, ...]:
    """Return the topics of the block about vulnerable people."""
    topics = [desk.topic(indicator) for indicator in desk.spec.vulnerable]
    return tuple(_vulnerable(topic, desk) for topic in topics if topic is not None)


def _absent(topic: Topic) -> bool:
    gone = (Status.ABSENT, Status.NOT_MEASURED)
    return topic.figure.status in gone and topic.country.status in gone


def _row(topic: Topic, kind: str, desk: Desk) -> Row:
    width = SPINE_WIDTH if desk.compares else SPINE_WIDTH_ALONE
    chart = spine.spine_row(
        topic,
        style=desk.style,
        title=desk.alt(topic),
        width=width - (SIMILAR_WIDTH if desk.profile.similar else 0),
        height=tokens.size(desk.style, "spine_row", ROW_HEIGHT),
        words=desk.chart_words,
    )
    compares = desk.compares
    return Row(
        title=topic.indicator.title,
        kind=kind,
        chart=picture(chart),
        here=cell(topic.figure, topic, desk),
        gemeente=cell(topic.gemeente, topic, desk) if compares else None,
        country=cell(topic.country, topic, desk),
        similar=cell(topic.similar, topic, desk) if desk.profile.similar else None,
        against_gemeente=figure_mark(topic, topic.against_gemeente, desk) if compares else None,
        against_country=figure_mark(topic, topic.against_country, desk),
    )


def _vulnerable(topic: Topic, desk: Desk) -> Vulnerable:
    pairs = [(topic.against_gemeente, topic.gemeente, desk.words("place.bare"))]
    pairs.append((topic.against_country, topic.country, desk.names.country))
    marks = []
    for verdict, figure, place in pairs:
        if verdict is None or not desk.number(topic).present:
            continue
        value = printed(figure, topic.indicator, desk.words).text
        told = word(verdict, desk.words)
        text = desk.words("compare.short", place=place, value=value, word=told)
        marks.append(Mark(css_of(verdict), text))
    return Vulnerable(tile(topic, desk), tuple(marks))
