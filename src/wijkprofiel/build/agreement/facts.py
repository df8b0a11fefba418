"""What may stand beside a title: of every topic and domain of a profile, as it is printed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from wijkprofiel.config import Config
from wijkprofiel.model import (
    DomainScore,
    Figure,
    Indicator,
    Profile,
    Status,
    Topic,
    Verdict,
)
from wijkprofiel.scoring import normalise
from wijkprofiel.scoring.rounding import half_up
from wijkprofiel.wording import Words, numbers, verdicts
from wijkprofiel.wording.mapped import named
from wijkprofiel.wording.words import called

HERE, GEMEENTE, COUNTRY, SIMILAR, LOWER, UPPER = (
    "here", "gemeente", "country", "similar", "lower", "upper",
)  # fmt: skip
"""Whose number it is: of the area, of what it is compared with, or the area's margin."""
PLACES = frozenset({HERE, GEMEENTE, COUNTRY, SIMILAR, LOWER, UPPER})
"""All of these; any other place is a part of the area, or a wijk on a map, by its name."""

NUMBER = re.compile(r"(?<![\w.,–-])[−-]?\d(?:[\d.,]*\d)?(?![\w+])")
"""A number in running text; not "18+", not "65-plus", not the second year of "2012–2020"."""


@dataclass(frozen=True, slots=True)
class Subject:
    """A topic or a domain, and what every document must say about it.

    Attributes:
        title: as it is printed.
        id: of the indicator or domain.
        numbers: by place, as printed without its unit ("49", "33.330", "4,6"); "" for no number.
        values: by place, the printed value of those that have one.
        verdicts: by place, the word.
        beside: other numbers that may stand with it: margins, trend, periods, counts.
        phrases: what these people do ("voelen zich eenzaam"), and the other way round.
        ends: the first and the last printed number of its trend, () without one.
        domain: it is one.
        all_numbers: every number that may stand with it.
    """

    title: str
    id: str
    numbers: Mapping[str, str]
    values: Mapping[str, float]
    verdicts: Mapping[str, str]
    beside: frozenset[str]
    phrases: tuple[str, ...] = ()
    ends: tuple[str, ...] = ()
    domain: bool = False

    all_numbers: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        """Put together what is asked for every number on a page."""
        told = self.beside | {number for number in self.numbers.values() if number}
        object.__setattr__(self, "all_numbers", told)


def subjects(profile: Profile, config: Config, words: Words) -> tuple[Subject, ...]:
    """Return the topics and the domains of a profile.

    The people of an age come twice: as a count, and as the share of all that a bar shows.
    """
    topics = (_topic(topic, profile, words) for topic in profile.topics.values())
    told = ((s.key_figures[0], s.ages) for s in config.documents.values() if s.ages)
    shares = (_share(*pair, profile, words) for pair in _ages(told))
    domains = (
        _domain(score, result.period, words)
        for result in profile.frameworks.values()
        for score in result.domains
    )
    return (*topics, *shares, *domains)


def read(number: str) -> str:
    """Return a printed number as it stands in facts: without signs of euro and per cent."""
    found = NUMBER.search(" ".join(number.split()))
    return found.group() if found else ""


def _topic(topic: Topic, profile: Profile, words: Words) -> Subject:
    indicator, figure = topic.indicator, topic.figure
    placed: dict[str, Figure | None] = {HERE: figure, COUNTRY: topic.country}
    placed |= {GEMEENTE: topic.gemeente, SIMILAR: topic.similar}
    placed |= {LOWER: _alone(figure.lower, figure), UPPER: _alone(figure.upper, figure)}
    printed = {p: numbers.printed(f, indicator, words) for p, f in placed.items() if f is not None}
    others = _named(topic, profile, words)
    shared = {read(told.number) for both in others.values() if len(both) > 1 for told in both}
    printed = {n: next(iter(told)) for n, told in others.items() if len(told) == 1} | printed
    against = {GEMEENTE: topic.against_gemeente, COUNTRY: topic.against_country}
    against |= {SIMILAR: topic.against_similar}
    phrases = (indicator.phrase, indicator.phrase_not) if indicator.unit == "percent" else ()
    return Subject(
        title=indicator.title,
        id=indicator.id,
        numbers={p: read(told.number) for p, told in printed.items()},
        values={p: t.value for p, t in printed.items() if t.value is not None},
        verdicts={p: _word(v, figure, words) for p, v in against.items() if v is not None},
        beside=frozenset({*_beside(topic, profile, words), *filter(None, shared)}),
        phrases=tuple(phrase for phrase in phrases if phrase),
        ends=_ends(topic, words),
    )


def _alone(value: float | None, figure: Figure) -> Figure | None:
    if value is None:
        return None
    return Figure(figure.indicator, figure.period, value, Status.OK)


def _word(verdict: Verdict, figure: Figure, words: Words) -> str:
    known = figure.status is Status.OK
    return verdicts.word(verdict, words) if known else words("verdict.none")


def _beside(topic: Topic, profile: Profile, words: Words) -> Iterator[str]:
    """The numbers that may stand with a topic, beside its figure and its comparators."""
    indicator, figure = topic.indicator, topic.figure
    for value in (figure.lower, figure.upper, *_middle(topic), *_goals(indicator, profile)):
        yield from _numbers(_alone(value, figure), indicator, words)
    trend = topic.trend.points if topic.trend is not None else ()
    for found in (figure, topic.country, *(f for p in trend for f in (p.area, p.country))):
        if found is not None:
            yield from _numbers(found, indicator, words)
            yield from _years(found.period)
    if topic.trend is not None and topic.trend.placing is not None:
        yield str(topic.trend.placing.among)
    if topic.ranks is not None:
        yield from (str(n) for n in (topic.ranks.best, topic.ranks.worst, topic.ranks.among))
    for goal in profile.goals:
        if goal.goal.indicator == indicator.id:
            yield from _years(" ".join(str(v) for v in goal.goal.model_dump().values()))
    if profile.similar:
        yield str(len(profile.similar))


def _named(topic: Topic, profile: Profile, words: Words) -> dict[str, set[numbers.Printed]]:
    """The numbers of the parts, and of the wijken on the map, by name; two may share theirs."""
    indicator = topic.indicator
    drawn = profile.map if profile.map and profile.map.choropleth == indicator.id else None
    shown = (*named(drawn.wijken, profile, words), *drawn.inner) if drawn is not None else ()
    figures = [(called(p.area.name, profile, words), p.figures.get(indicator.id))
               for p in profile.parts]  # fmt: skip
    figures += [(wijk.name, _alone(wijk.value, topic.figure)) for wijk in shown]
    found: dict[str, set[numbers.Printed]] = {}
    for name, figure in figures:
        found.setdefault(name, set()).add(numbers.printed(figure, indicator, words))
    found.pop(called(profile.area.name, profile, words), None)
    return found


def _ages(told: Iterable[tuple[str, Sequence[str]]]) -> Iterator[tuple[str, str]]:
    """Yield everybody and an age, each pair once."""
    yield from dict.fromkeys((whole, age) for whole, ages in told for age in ages)


def _share(whole: str, age: str, profile: Profile, words: Words) -> Subject:
    """The people of an age as a share of everybody, for the area and what it is compared with."""
    topic, everybody = profile.topics[age], profile.topics[whole]
    pairs = {
        HERE: (topic.figure, everybody.figure),
        GEMEENTE: (topic.gemeente, everybody.gemeente),
        COUNTRY: (topic.country, everybody.country),
    }
    shares = {
        place: half_up(100 * part.value / total.value)
        for place, (part, total) in pairs.items()
        if part is not None and total is not None and part.value is not None and total.value
    }
    printed = {p: numbers.decimal(v, 0, words("language")) for p, v in shares.items()}
    years = frozenset(_years(topic.figure.period))
    return Subject(topic.indicator.title, topic.indicator.id, printed, shares, {}, years)


def _numbers(figure: Figure | None, indicator: Indicator, words: Words) -> Iterator[str]:
    number = read(numbers.printed(figure, indicator, words).number) if figure is not None else ""
    if number:
        yield number


def _middle(topic: Topic) -> Iterator[float]:
    if topic.reference is not None:
        yield from (v for p, v in topic.reference.percentiles.items() if p in (25.0, 75.0))


def _goals(indicator: Indicator, profile: Profile) -> Iterator[float]:
    for standing in profile.goals:
        if standing.goal.indicator == indicator.id:
            yield from (m.value for m in (standing.baseline, standing.now) if m is not None)
            yield from (v for v in (standing.needed, standing.goal.target) if v is not None)


def _years(text: str) -> Iterable[str]:
    return re.findall(r"\d[\d.,]*\d|\d", text)


def _ends(topic: Topic, words: Words) -> tuple[str, ...]:
    points = topic.trend.points if topic.trend is not None else ()
    known = [point.area for point in points if point.area.status is Status.OK]
    if len(known) < 2:
        return ()
    told = (numbers.printed(known[i], topic.indicator, words).number for i in (0, -1))
    return tuple(read(number) for number in told)


def _domain(score: DomainScore, period: str, words: Words) -> Subject:
    known = score.score is not None
    placed = {HERE: score.score, COUNTRY: float(normalise.display(0.0))}
    if score.gemeente_z is not None:
        placed[GEMEENTE] = float(normalise.display(score.gemeente_z))
    if known and score.interval == "complete":
        placed |= {LOWER: score.lower, UPPER: score.upper}
    told = {place: read(numbers.score(value, words)) for place, value in placed.items()}
    against = {GEMEENTE: score.against_gemeente, COUNTRY: score.against_country}
    none = words("verdict.no_score")
    return Subject(
        title=score.domain.title,
        id=score.domain.id,
        numbers=told,
        values={p: half_up(value, 1) for p, value in placed.items() if value is not None},
        verdicts={
            place: verdicts.word(verdict, words) if known else none
            for place, verdict in against.items()
            if verdict is not None
        },
        beside=frozenset({str(score.present), str(score.total), "0", "5", "10", *_years(period)}),
        domain=True,
    )
