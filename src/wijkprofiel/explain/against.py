"""Why the verdict on a topic is this word: by bands or by test (docs/method.md §3)."""

from __future__ import annotations

from typing import Any

from wijkprofiel.explain.account import Row, Section, Step
from wijkprofiel.explain.bands import by_band
from wijkprofiel.explain.desk import Desk
from wijkprofiel.explain.tested import by_test, discovery
from wijkprofiel.model import Figure, Outcome, Topic, Verdict
from wijkprofiel.profile.comparisons import comparable_with_others
from wijkprofiel.wording.verdicts import word

TITLES = {
    "against_gemeente": "Against the gemeente",
    "against_country": "Against the country",
    "against_similar": "Against similar wijken",
}


def against(desk: Desk, topic: Topic, side: str) -> Section | None:
    """Return how a verdict of a topic came about; None where there is no such comparator."""
    verdict: Verdict | None = getattr(topic, side)
    if verdict is None:
        return None
    other = {
        "against_gemeente": topic.gemeente,
        "against_country": topic.country,
        "against_similar": topic.similar,
    }[side]
    facts: dict[str, Any] = {
        "verdict": word(verdict, desk.words),
        "outcome": verdict.outcome.value,
        "strength": verdict.strength,
        "basis": verdict.basis,
        "comparator": verdict.comparator,
        "why": why(topic, verdict, other),
    }
    if topic.figure.value is None or other is None or other.value is None:
        return Section(side, TITLES[side], facts)
    steps: list[Step] = []
    if verdict.basis == "test":
        steps = by_test(desk, topic, verdict, other, side)
        facts["other tests"] = discovery(desk)
    elif verdict.basis == "band":
        steps = by_band(desk, topic, verdict, side)
    rows = _similar(desk, topic) if side == "against_similar" else []
    return Section(side, TITLES[side], facts, rows, steps)


def why(topic: Topic, verdict: Verdict, other: Figure | None) -> str:
    """Return in a sentence what decided the word."""
    if verdict.outcome is Outcome.NONE:
        return _why_none(topic, other)
    if verdict.basis == "test":
        return _why_tested(verdict)
    if verdict.equal_on_paper:
        return "the two figures are equal on paper: never more than vergelijkbaar"
    return "the difference in SDs of the reference areas, by the bands; a border is the milder word"


def _why_tested(verdict: Verdict) -> str:
    if verdict.chance:
        return "the interval excludes it, but not after the false discovery rate"
    if verdict.strength:
        return "the 95 % interval of the difference excludes zero, and it shows on paper"
    if verdict.outcome is Outcome.UNCERTAIN:
        return "the interval holds zero, or it does not show on paper, and it is too wide"
    return "the interval of the difference lies wholly within the band of vergelijkbaar"


def _why_none(topic: Topic, other: Figure | None) -> str:
    if topic.figure.value is None:
        return f"no figure ({topic.figure.status.value})"
    if other is None or other.value is None:
        return "the comparator has no figure"
    if not comparable_with_others(topic.indicator):
        return "a count or a class is not compared with another area"
    return "too few reference areas, so there is no yardstick"


def _similar(desk: Desk, topic: Topic) -> list[Row]:
    """Return the figures of the similar wijken."""
    period = topic.figure.period
    rows: list[Row] = []
    for code in desk.profile.similar:
        figure = desk.figure(code, topic.indicator.id, period)
        rows.append({"area": code, "name": desk.named(code), "value": figure.value})
    return rows
