"""What was published about one area: every figure, score and verdict, as the documents print it.

It stands in the manifest, so that two builds can be compared long after their data are gone
(:mod:`wijkprofiel.build.changes`). Only rounded numbers, statuses and words, after disclosure
control: a figure that was withheld has a status here and nothing else.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from wijkprofiel.model import (
    DomainScore,
    Figure,
    Indicator,
    Outcome,
    Profile,
    Status,
    Topic,
    Verdict,
)
from wijkprofiel.scoring import normalise
from wijkprofiel.wording import Words, numbers

GEMEENTE, COUNTRY, SIMILAR = "gemeente", "country", "similar"
"""What an area is compared with."""
_GRADED = (Outcome.FAVOURABLE, Outcome.UNFAVOURABLE, Outcome.HIGHER, Outcome.LOWER)
_WORDS_OF_INDICATOR = {
    "title", "phrase", "phrase_not", "definition", "brief", "population", "sensitive",
}  # fmt: skip
_KEPT = 12
"""Hexadecimal digits of a fingerprint."""


class Told(BaseModel):
    """Part of a manifest; what a later version adds is left alone."""

    model_config = ConfigDict(extra="ignore", frozen=True)


class PublishedFigure(Told):
    """One topic as the documents print it; what is empty is left out."""

    value: str = Field(default="", description="Number with its unit, or the word of a class.")
    status: str = Field(default="ok", description="Why there is no value.")
    period: str = Field(default="", description="Of the value.")
    source: str = Field(default="", description="Id of the table it comes from.")
    margins: str = Field(default="", description="95 % interval.")
    gemeente: str = Field(default="", description="The gemeente's value.")
    country: str = Field(default="", description="The country's value.")
    similar: str = Field(default="", description="The mean of the similar wijken.")
    verdicts: dict[str, str] = Field(
        default={}, description="Per comparator the key of its word: 'similar', 'unfavourable.1'."
    )
    basis: str = Field(default="", description="What the verdicts rest on: test or band.")
    trend: dict[str, str] = Field(default={}, description="Value per period of the trend.")
    weight: str = Field(default="", description="What the parts were weighted by.")
    converted: str = Field(default="", description="How it came from another division.")
    corrected: str = Field(default="", description="Why the supplier's figure was replaced.")
    rule: str = Field(default="", description="Fingerprint of how the topic is declared.")


class PublishedScore(Told):
    """One domain as the documents print it; what is empty is left out."""

    score: str = Field(default="", description="0-10.")
    reason: str = Field(default="", description="Why there is no score.")
    margins: str = Field(default="", description="95 % interval, where it is complete.")
    coverage: str = Field(default="", description="Topics with a figure / all topics.")
    gemeente: str = Field(default="", description="The gemeente's score.")
    verdicts: dict[str, str] = Field(default={}, description="As of a figure.")
    basis: str = Field(default="", description="As of a figure.")
    robustness: dict[str, str] = Field(
        default={}, description="Per comparator: steady, fair or sensitive."
    )


class Titles(Told):
    """What topics and domains are called, apart from their numbers."""

    indicators: dict[str, str] = Field(default={}, description="By id.")
    domains: dict[str, dict[str, str]] = Field(default={}, description="By framework and id.")


class Published(Told):
    """All that was published about one area."""

    figures: dict[str, PublishedFigure] = Field(default={}, description="By indicator.")
    scores: dict[str, dict[str, PublishedScore]] = Field(
        default={}, description="By framework and domain."
    )
    titles: Titles = Field(default=Titles(), description="Names for people.")


def published(profile: Profile, words: Words) -> Published:
    """Return what the documents of ``profile`` print, in the language of ``words``."""
    rules = {i: _fingerprint(topic.indicator) for i, topic in profile.topics.items()}
    return Published(
        figures={i: _figure(topic, rules[i], words) for i, topic in profile.topics.items()},
        scores={
            name: {score.domain.id: _score(score, words) for score in result.domains}
            for name, result in profile.frameworks.items()
        },
        titles=Titles(
            indicators={i: topic.indicator.title for i, topic in profile.topics.items()},
            domains={
                name: {score.domain.id: score.domain.title for score in result.domains}
                for name, result in profile.frameworks.items()
            },
        ),
    )


def rows(content: Mapping[str, Any]) -> Iterator[dict[str, str]]:
    """Yield the figures of a manifest as rows of a score table, for the attack on them.

    Args:
        content: a manifest.

    Raises:
        KeyError: it is none.
    """
    area = content["area"]
    base = {
        "codes": " ".join(part["code"] for part in area["parts"]),
        "gemeente": area["comparator"]["code"],
    }
    for name, told in content["published"]["figures"].items():
        figure = PublishedFigure.model_validate(told)
        row = base | {"id": name, "source": figure.source}
        beside = {"gemeente_value": figure.gemeente, "country_value": figure.country}
        margins = {"lower": figure.margins}
        yield row | {"period": figure.period, "value": figure.value} | margins | beside
        yield from (row | {"period": when, "value": text} for when, text in figure.trend.items())


def _figure(topic: Topic, rule: str, words: Words) -> PublishedFigure:
    figure, indicator = topic.figure, topic.indicator
    told = numbers.printed(figure, indicator, words)
    known = figure.status is Status.OK
    against = {
        GEMEENTE: topic.against_gemeente,
        COUNTRY: topic.against_country,
        SIMILAR: topic.against_similar,
    }
    return PublishedFigure(
        value=told.text if told.present else "",
        status=figure.status.value,
        period=figure.period,
        source=figure.source,
        margins=_margins(figure, indicator, words),
        gemeente=_value(topic.gemeente, indicator, words),
        country=_value(topic.country, indicator, words),
        similar=_value(topic.similar, indicator, words),
        verdicts=_levels(against, known=known),
        basis=_basis(against) if known else "",
        trend=_trend(topic, words),
        weight=figure.weight if known else "",
        converted=figure.converted,
        corrected=figure.corrected,
        rule=rule,
    )


def _value(figure: Figure | None, indicator: Indicator, words: Words) -> str:
    told = numbers.printed(figure, indicator, words)
    return told.text if told.present else ""


def _margins(figure: Figure, indicator: Indicator, words: Words) -> str:
    if figure.status is not Status.OK or figure.lower is None or figure.upper is None:
        return ""
    ends = (
        Figure(figure.indicator, figure.period, value, Status.OK)
        for value in (figure.lower, figure.upper)
    )
    first, last = (numbers.printed(end, indicator, words).number for end in ends)
    return words("number.from_to", first=first, last=last)


def _trend(topic: Topic, words: Words) -> dict[str, str]:
    points = topic.trend.points if topic.trend is not None else ()
    told = {p.period: _value(p.area, topic.indicator, words) for p in points}
    return {period: text for period, text in told.items() if text}


def _score(score: DomainScore, words: Words) -> PublishedScore:
    known = score.score is not None
    against = {GEMEENTE: score.against_gemeente, COUNTRY: score.against_country}
    ends = (numbers.score(score.lower, words), numbers.score(score.upper, words))
    complete = known and score.interval == "complete"
    gemeente = score.gemeente_z
    return PublishedScore(
        score=numbers.score(score.score, words) if known else "",
        reason="" if known else score.reason,
        margins=words("number.from_to", first=ends[0], last=ends[1]) if complete else "",
        coverage=f"{score.present}/{score.total}",
        gemeente=""
        if gemeente is None
        else numbers.score(float(normalise.display(gemeente)), words),
        verdicts=_levels(against, known=known),
        basis=_basis(against) if known else "",
        robustness={
            place: verdict.robustness.word.value
            for place, verdict in against.items()
            if known and verdict is not None and verdict.robustness is not None
        },
    )


def _levels(against: Mapping[str, Verdict | None], *, known: bool) -> dict[str, str]:
    """Return the level per comparator; without a value there is none, as on paper."""
    present = {place: verdict for place, verdict in against.items() if verdict is not None}
    return {place: _level(verdict) for place, verdict in present.items()} if known else {}


def _level(verdict: Verdict) -> str:
    """Return the key of the verdict's word (:func:`wijkprofiel.wording.verdicts.word`)."""
    if verdict.outcome in _GRADED:
        return f"{verdict.outcome.value}.{min(max(verdict.strength, 1), 3)}"
    return verdict.outcome.value


def _basis(against: Mapping[str, Verdict | None]) -> str:
    return next((v.basis for v in against.values() if v is not None and v.basis), "")


def _fingerprint(indicator: Indicator) -> str:
    """Return a hash of all that can change a number or a verdict, so not of the texts."""
    told = indicator.model_dump_json(exclude=_WORDS_OF_INDICATOR)
    return hashlib.sha256(told.encode()).hexdigest()[:_KEPT]
