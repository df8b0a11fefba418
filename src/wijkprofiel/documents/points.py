"""Sterke punten and aandachtspunten: what the figures let page 1 say."""

from __future__ import annotations

from dataclasses import dataclass

from wijkprofiel.documents.desk import Desk
from wijkprofiel.documents.marks import Mark, css_of
from wijkprofiel.model import Figure, Status, Topic, Verdict
from wijkprofiel.profile import tally
from wijkprofiel.wording.numbers import printed
from wijkprofiel.wording.overall import topics_told
from wijkprofiel.wording.sentences import case_line
from wijkprofiel.wording.verdicts import against

WRITING_LINES = 3
OVERALL_PT, OVERALL_WIDTH, OVERALL_LINES = 11.0, 178.0, 2
"""Size in pt of the sentence over everything, its width in mm and its lines."""


@dataclass(frozen=True, slots=True)
class Point:
    """One topic: its number, and a verdict in words for each comparator."""

    number: str
    unit: str
    title: str
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class Points:
    """A list under a heading.

    Attributes:
        line: which case of the method it is, in a sentence.
        points: at most three.
        lines: empty lines to write on, where there is nothing to report.
        fewer: what to read where fewer are told than the page has room for.
    """

    line: str
    points: tuple[Point, ...]
    lines: int
    fewer: str


@dataclass(frozen=True, slots=True)
class Overall:
    """Of how many topics the verdict is what: a sentence, and one that follows it or "".

    ``long`` where they do not fit at their usual size.
    """

    first: str
    then: str
    long: bool


def overall(desk: Desk) -> Overall:
    """Return the sentence over all topics that the document's themes are scored on."""
    result = desk.framework(desk.spec.themes)
    domains = [score.domain for score in result.domains] if result else []
    every = tally.judged(domains, desk.profile.topics)
    first, *then = topics_told(every, desk.names, desk.words)
    told = " ".join([first, *then])
    lines = desk.measure.wrap(told, OVERALL_PT, OVERALL_WIDTH, weight=700)
    return Overall(first, " ".join(then), len(lines) > OVERALL_LINES)


def points(kind: str, desk: Desk) -> Points:
    """Return the list of one kind: "strengths" or "concerns"."""
    found = desk.profile.highlights
    ids, case = {
        "strengths": (found.strengths, found.strengths_case),
        "concerns": (found.concerns, found.concerns_case),
    }[kind]
    topics = [desk.profile.topics[topic] for topic in ids]
    alone = desk.profile.area.gemeente is None
    place = desk.names.country if alone else desk.words("place.gemeente")
    case = case if any_figure(desk) else "no_figures"
    line = case_line(kind, case, topics or judged(desk), place, desk.words)
    told = tuple(_point(topic, desk) for topic in topics)
    fewer = desk.words(f"case.{kind}.fewer") if 0 < len(told) < WRITING_LINES else ""
    return Points(line, told, 0 if told else WRITING_LINES, fewer)


def any_figure(desk: Desk) -> bool:
    """Return whether the area has a figure of any judged topic."""
    return bool(judged(desk))


def judged(desk: Desk) -> list[Topic]:
    """Return the judged topics of which the area has a figure: what the lists choose from."""
    return [
        topic
        for topic in desk.profile.topics.values()
        if topic.figure.status is Status.OK and topic.direction != "neutral"
    ]


def _point(topic: Topic, desk: Desk) -> Point:
    told = desk.number(topic)
    marks = []
    if topic.against_gemeente is not None:
        place = desk.words("place.gemeente")
        marks.append(_mark(topic.against_gemeente, topic.gemeente, place, topic, desk))
    marks.append(_mark(topic.against_country, topic.country, desk.names.country, topic, desk))
    return Point(told.number, told.unit, topic.indicator.title, tuple(marks))


def _mark(verdict: Verdict, figure: Figure | None, place: str, topic: Topic, desk: Desk) -> Mark:
    value = printed(figure, topic.indicator, desk.words).text
    told = desk.words("compare.with_value", told=against(verdict, place, desk.words), value=value)
    return Mark(css_of(verdict), told)
