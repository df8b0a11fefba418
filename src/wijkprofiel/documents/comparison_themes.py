"""The themes side by side: every judged topic of every area, in one table per theme.

Up to six areas stand beside each other, each figure with its place on the spine's scale. More
areas stand under each other, with first the whole field of each topic: a dot for every area.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from wijkprofiel.charts import spine
from wijkprofiel.documents.comparison_desk import SetDesk
from wijkprofiel.documents.comparison_scores import Cell, cell
from wijkprofiel.documents.marks import Mark, figure_mark, picture
from wijkprofiel.documents.marks import cell as number_cell
from wijkprofiel.model import Domain, Outcome, Status, Topic
from wijkprofiel.profile import contrast
from wijkprofiel.wording import alt, sentences, verdicts
from wijkprofiel.wording.numbers import printed

WIDTH, FIRST, COUNTRY, NUMBER = 267.0, 50.0, 14.0, 13.0
"""Widths in mm: of the page, the titles, the country, and the number beside a chart."""
WIDEST, ROW_HEIGHT, STRIP = 46.0, 4.6, (96.0, 9.0)
MOST_COLUMNS, LEAST_ROWS = 6, 2
"""Topics beside each other where areas stand under each other; rows that make a table."""

_COUNTED = (Outcome.FAVOURABLE, Outcome.SIMILAR, Outcome.UNFAVOURABLE, Outcome.UNCERTAIN,
            Outcome.NONE)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Value:
    """One figure of one area: the number, its place on the scale, and sign and word."""

    number: str
    chart: Markup
    mark: Mark


@dataclass(frozen=True, slots=True)
class Row:
    """One topic with a value per area; ``neutral`` where higher is not better or worse."""

    title: str
    values: tuple[Value, ...]
    country: str
    neutral: bool


@dataclass(frozen=True, slots=True)
class Field:
    """One topic of many areas: all dots, how many have which verdict, and from where to where.

    Attributes:
        told: the counts in a sentence.
    """

    title: str
    chart: Markup
    told: str
    counts: tuple[str, ...]
    span: str
    country: str


@dataclass(frozen=True, slots=True)
class Block:
    """Some topics of a theme as columns, every area as a row."""

    heads: tuple[str, ...]
    country: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]


@dataclass(frozen=True, slots=True)
class Theme:
    """One theme: ``rows`` for a few areas, ``fields`` and ``blocks`` for many.

    Attributes:
        scores: of the theme, per area; empty where none has one, and then ``unscored`` says so.
        absent: titles of topics of which nobody has a figure, in a sentence.
    """

    id: str
    title: str
    colour: str
    scores: tuple[Cell, ...]
    rows: tuple[Row, ...]
    fields: tuple[Field, ...]
    blocks: tuple[Block, ...]
    absent: str
    unscored: str


def themes(desk: SetDesk) -> tuple[Theme, ...]:
    """Return the themes of the document's framework, in their fixed order."""
    return tuple(
        _theme(scores[0].domain, number, desk)
        for number, scores in enumerate(desk.scores(desk.spec.themes))
    )


def counted(desk: SetDesk) -> tuple[Mark, ...]:
    """Return the verdicts that are counted, as heads of columns."""
    names = ("favourable", "similar", "unfavourable", "uncertain", "none")
    return tuple(
        Mark(f"v-{verdicts.SIGNS[outcome]}", desk.words(f"legend.{name}.word"))
        for outcome, name in zip(_COUNTED, names, strict=True)
    )


def _theme(domain: Domain, number: int, desk: SetDesk) -> Theme:
    every = list(_judged(domain, desk))
    shown = [topics for topics in every if not _absent(topics)]
    found = (desk.topics(name) for name in domain.pages.facts)
    beside = [topics for topics in found if topics and not _absent(topics)]
    absent = [topics[0].indicator.title for topics in every if _absent(topics)]
    scores = desk.scores(desk.spec.themes)[number]
    size = (_chart_width(len(scores)), ROW_HEIGHT)
    scored = any(score.score is not None for score in scores)
    lonely = len(shown) + len(beside) < LEAST_ROWS
    return Theme(
        id=domain.id,
        title=domain.title,
        colour=domain.colour,
        scores=tuple(cell(score, place, desk, size=size) for place, score in enumerate(scores))
        if (scored or lonely) and desk.named
        else (),
        unscored="" if scored else sentences.score_line(scores[0], desk.desks[0].names, desk.words),
        rows=tuple(_row(topics, desk) for topics in (*shown, *beside)) if desk.named else (),
        fields=() if desk.named else tuple(_field(topics, desk) for topics in shown),
        blocks=()
        if desk.named
        else tuple(_block(some, desk) for some in _chunks([*shown, *beside])),
        absent=desk.words.enumerate(absent),
    )


def _judged(domain: Domain, desk: SetDesk) -> Iterator[tuple[Topic, ...]]:
    for slot in domain.slots:
        for item in slot.indicators:
            topics = desk.topics(item.id)
            if topics and topics[0].indicator.sensitive is None:
                yield topics


def _absent(topics: Sequence[Topic]) -> bool:
    """Whether nobody has a figure, the country neither."""
    gone = (Status.ABSENT, Status.NOT_MEASURED)
    return all(t.figure.status in gone for t in topics) and topics[0].country.status in gone


def _row(topics: tuple[Topic, ...], desk: SetDesk) -> Row:
    values = []
    for number, topic in enumerate(topics):
        one = desk.desks[number]
        told = alt.topic_alt(topic, one.names, desk.words)
        chart = ""
        if topic.direction != "neutral":  # no right is more favourable
            chart = spine.spine_row(
                topic,
                style=desk.style,
                title=told,
                width=_chart_width(len(topics)),
                height=ROW_HEIGHT,
                words=one.chart_words,
            )
        values.append(Value(number_cell(topic.figure, topic, one, mixed=True), picture(chart),
                            _mark(topic, number, desk)))  # fmt: skip
    country = number_cell(topics[0].country, topics[0], desk.desks[0], mixed=True)
    neutral = topics[0].direction == "neutral"
    return Row(topics[0].indicator.title, tuple(values), country, neutral)


def _chart_width(areas: int) -> float:
    """Millimetres of a chart beside its number, where so many areas stand beside each other."""
    return min((WIDTH - FIRST - COUNTRY) / areas - NUMBER - 2, WIDEST)


def _mark(topic: Topic, number: int, desk: SetDesk) -> Mark:
    """The verdict against the country; without a figure the reason why."""
    told = printed(topic.figure, topic.indicator, desk.words)
    if topic.figure.status is not Status.OK:
        return Mark("v-x", told.word)
    return figure_mark(topic, topic.against_country, desk.desks[number])


def _field(topics: tuple[Topic, ...], desk: SetDesk) -> Field:
    first, words = topics[0], desk.words
    tally = contrast.tally(first.indicator.id, topics)
    counts = tuple(str(tally.counts[outcome]) for outcome in _COUNTED)
    country = number_cell(first.country, first, desk.desks[0], mixed=True)
    span = _span(topics, desk)
    heads = [mark.text for mark in counted(desk)]
    told = words.enumerate(
        [words("comparison.alt.count", word=word, number=count)
         for word, count in zip(heads, counts, strict=True) if count != "0"]
    )  # fmt: skip
    title = words(
        "comparison.alt.field",
        title=first.indicator.title,
        span=span,
        counts=told,
        country=desk.country,
        value=printed(first.country, first.indicator, words).text,
    )
    chart = spine.spine_strip(
        topics,
        style=desk.style,
        title=title,
        width=STRIP[0],
        height=STRIP[1],
        words=desk.desks[0].chart_words,
    )
    return Field(first.indicator.title, picture(chart), told, counts, span, country)


def _span(topics: Sequence[Topic], desk: SetDesk) -> str:
    """Return "31–67%": the lowest and the highest figure, without saying whose."""
    known = [topic for topic in topics if topic.figure.value is not None]
    if not known:
        return desk.words("number.missing")
    ends = [
        printed(by(known, key=lambda t: t.figure.value or 0.0).figure, known[0].indicator,
                desk.words)
        for by in (min, max)
    ]  # fmt: skip
    return desk.words("number.from_to", first=ends[0].number, last=ends[1].text)


def _block(some: Sequence[tuple[Topic, ...]], desk: SetDesk) -> Block:
    rows = tuple(
        tuple(
            Value(
                number_cell(topics[number].figure, topics[number], desk.desks[number], mixed=True),
                Markup(""),
                _mark(topics[number], number, desk),
            )
            for topics in some
        )
        for number in range(len(desk.desks))
    )
    return Block(
        tuple(topics[0].indicator.title for topics in some),
        tuple(number_cell(topics[0].country, topics[0], desk.desks[0], mixed=True)
              for topics in some),
        rows,
    )  # fmt: skip


def _chunks(shown: Sequence[tuple[Topic, ...]]) -> Iterator[Sequence[tuple[Topic, ...]]]:
    """Yield the topics in tables of about equal width."""
    if not shown:
        return
    tables = -(-len(shown) // MOST_COLUMNS)
    size = -(-len(shown) // tables)
    for start in range(0, len(shown), size):
        yield shown[start : start + size]
