"""Differences and agreements in sentences: what the rules of contrast let us say, theme by theme.

A claim is firm ("is") only where everything it rests on was tested, else it "lijkt".
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from wijkprofiel.documents.comparison_desk import SetDesk
from wijkprofiel.model import Outcome, Topic, Verdict
from wijkprofiel.profile import contrast
from wijkprofiel.profile.contrast import Alone, Apart, Contrast, Shared, Tally
from wijkprofiel.wording import verdicts
from wijkprofiel.wording.numbers import printed

LARGEST = 3
"""Differences that stand before the themes."""
MAJORITY = 0.5
"""More than this share of the areas with a figure is "most"."""


@dataclass(frozen=True, slots=True)
class Line:
    """A topic, and what is said of it.

    Attributes:
        size: of a difference: percentages before other units, then how far the figures lie apart.
    """

    title: str
    text: str
    size: tuple[bool, float] = (False, 0.0)


@dataclass(frozen=True, slots=True)
class Told:
    """What is said about one theme."""

    title: str
    colour: str
    agree: tuple[Line, ...]
    differ: tuple[Line, ...]


def told(desk: SetDesk) -> tuple[Told, ...]:
    """Return the sentences per theme of the document's framework, in their fixed order."""
    framework = desk.framework(desk.spec.themes)
    found = contrast.contrasts(desk.comparison.profiles, framework)
    domains = {domain.id: domain for domain in framework.domains}
    return tuple(
        Told(
            domains[one.domain].title,
            domains[one.domain].colour,
            tuple(_agreements(one, desk)),
            tuple(_by_size(_differences(one, desk))),
        )
        for one in found
    )


def largest(themes: Iterable[Told]) -> tuple[Line, ...]:
    """Return the largest differences of all themes; none where the themes have no more."""
    lines = _by_size(line for theme in themes for line in theme.differ)
    return tuple(lines[:LARGEST]) if len(lines) > LARGEST else ()


def _by_size(lines: Iterable[Line]) -> list[Line]:
    """Return differences, the largest first; of equal ones the first stays first."""
    return sorted(lines, key=lambda line: line.size, reverse=True)


def _size(topic: str, desk: SetDesk) -> tuple[bool, float]:
    topics = desk.topics(topic)
    return desk.config.indicators[topic].unit == "percent", contrast.spread(topics)


def _agreements(one: Contrast, desk: SetDesk) -> Iterator[Line]:
    judged = [said for said in one.shared if said.outcome is not Outcome.SIMILAR]
    for said in judged:
        yield Line(_title(said.topic, desk), _shared(said, desk))
    if not desk.named:
        taken = {said.topic for said in one.shared}
        yield from (line for tally in one.tallies if tally.topic not in taken
                    and (line := _most(tally, desk)) is not None)  # fmt: skip
    similar = [said for said in one.shared if said.outcome is Outcome.SIMILAR]
    for case in dict.fromkeys((said.tested, said.areas) for said in similar):
        alike = [said for said in similar if (said.tested, said.areas) == case]
        titles = desk.words.enumerate([_title(said.topic, desk) for said in alike])
        key = f"comparison.similar.{_basis(case[0])}.{'one' if len(alike) == 1 else 'more'}"
        yield Line(titles, desk.words(key, all=_where(alike[0], desk), country=desk.country))


def _shared(said: Shared, desk: SetDesk) -> str:
    key = f"comparison.shared.{_basis(said.tested)}"
    return desk.words(
        key,
        all=_where(said, desk),
        word=_word(said.outcome, said.strength, desk, least=said.varied),
        country=desk.country,
    )


def _where(said: Shared, desk: SetDesk) -> str:
    """Return "alle drie de wijken", or the names of those that share it."""
    if said.everywhere:
        return desk.everywhere(len(said.areas))
    return desk.named_areas(said.areas)


def _most(tally: Tally, desk: SetDesk) -> Line | None:
    """That most areas differ from the country in one direction: how many, not which."""
    known = sum(n for outcome, n in tally.counts.items() if outcome is not Outcome.NONE)
    topics = desk.topics(tally.topic)
    for outcome in contrast.JUDGED:
        number = tally.counts[outcome]
        if known and number > MAJORITY * known:
            of = [t.against_country for t in topics if t.against_country.outcome is outcome]
            firm = all(verdict.basis == "test" for verdict in of)
            text = desk.words(
                f"comparison.most.{_basis(firm)}",
                number=number,
                total=known,
                many=desk.many,
                word=_word(outcome, min(v.strength for v in of), desk,
                           least=len({v.strength for v in of}) > 1),
                country=desk.country,
            )  # fmt: skip
            return Line(_title(tally.topic, desk), text)
    return None


def _differences(one: Contrast, desk: SetDesk) -> Iterator[Line]:
    for only in one.alone:
        if desk.named:
            yield Line(_title(only.topic, desk), _alone(only, desk), _size(only.topic, desk))
    for groups in one.apart:
        text = _apart(groups, desk) if desk.named else _spread(groups, one.tallies, desk)
        yield Line(_title(groups.topic, desk), text, _size(groups.topic, desk))


def _alone(only: Alone, desk: SetDesk) -> str:
    topics = desk.topics(only.topic)
    others = [n for n in range(len(topics)) if n != only.area]
    return desk.words(
        f"comparison.alone.{_basis(only.tested)}",
        area=_valued([only.area], topics, desk),
        others=_valued(others, topics, desk),
        word=_word(only.outcome, only.strength, desk),
        country=desk.country,
    )


def _apart(groups: Apart, desk: SetDesk) -> str:
    topics = desk.topics(groups.topic)
    return desk.words(
        f"comparison.apart.{_basis(groups.tested)}",
        worse=_valued(groups.worse, topics, desk),
        better=_valued(groups.better, topics, desk),
    )


def _spread(groups: Apart, tallies: Sequence[Tally], desk: SetDesk) -> str:
    """From where to where, without saying whose."""
    topics = desk.topics(groups.topic)
    known = [t for t in topics if t.figure.value is not None]
    low, high = (
        printed(by(known, key=lambda t: t.figure.value or 0.0).figure, known[0].indicator,
                desk.words).text
        for by in (min, max)
    )  # fmt: skip
    tally = next(t for t in tallies if t.topic == groups.topic)
    missing = tally.counts[Outcome.NONE]
    return desk.words(
        f"comparison.spread.{'some' if missing else 'all'}", low=low, high=high, many=desk.many
    )


def _valued(numbers: Iterable[int], topics: Sequence[Topic], desk: SetDesk) -> str:
    """Return "Alphen Noord (49%) en Stevenshof (48%)", in the order of the pages."""
    words = desk.words
    return words.enumerate(
        [words("compare.with_value", told=desk.labels[n],
               value=printed(topics[n].figure, topics[n].indicator, words).text)
         for n in sorted(numbers)]
    )  # fmt: skip


def _word(outcome: Outcome, strength: int, desk: SetDesk, *, least: bool = False) -> str:
    told_ = verdicts.word(Verdict(outcome, strength, "", None, ""), desk.words)
    return desk.words("comparison.least", word=told_) if least else told_


def _title(topic: str, desk: SetDesk) -> str:
    return desk.config.indicators[topic].title


def _basis(tested_: bool) -> str:
    return "test" if tested_ else "band"
