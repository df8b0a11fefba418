"""Which topic of a theme speaks first, on the slides and on the voting sheet.

What page 1 draws from is another matter (:mod:`wijkprofiel.profile.highlights`, docs/method.md §3).
Topics that differ the same way from both comparators come first; then the stronger word (veel,
gewoon, iets); then the larger difference, in whole steps of a tenth of an SD, because less than
that nobody can tell apart; then what more people have. The order says what to tell first, never
how good or bad an area is (docs/method.md §3).
"""

from __future__ import annotations

from collections.abc import Iterable

from wijkprofiel.model import Outcome, Topic, Verdict

STEPS = 10
"""Steps per SD: 0.60 and 0.69 are the same step, 0.70 is the next."""

Weight = tuple[bool, int, int, float]
"""Against both, strength, size of the difference in steps, percentage of the people."""


def against(topic: Topic) -> Verdict:
    """Return the verdict that page 1 goes by: the gemeente's, else the country's."""
    return topic.against_gemeente or topic.against_country


def weight(topic: Topic, outcome: Outcome) -> Weight:
    """Return how much a topic has to tell of one outcome; the largest speaks first.

    Strength and size are those of the strongest verdict with that outcome; without one the size is
    that of the first verdict there is, and −1 where there is none.

    Args:
        topic: with or without a figure.
        outcome: FAVOURABLE or UNFAVOURABLE.
    """
    known = [v for v in _verdicts(topic) if v.outcome is not Outcome.NONE]
    told = [verdict for verdict in known if verdict.outcome is outcome]
    strength = max((verdict.strength for verdict in told), default=0)
    size = max((_steps(verdict) for verdict in told or known[:1]), default=-1)
    return (len(told) > 1, strength, size, _people(topic, outcome))


def most(topic: Topic) -> Weight:
    """Return how much a topic has to tell, whichever way it differs."""
    return max(weight(topic, outcome) for outcome in (Outcome.FAVOURABLE, Outcome.UNFAVOURABLE))


def least_favourable(topics: Iterable[Topic]) -> Topic | None:
    """Return the topic that is least favourable by its verdicts, None where none is unfavourable.

    Sensitive topics are never chosen. The first wins a tie.
    """
    worse = [t for t in topics if t.indicator.sensitive is None and unfavourable(t)]
    return max(worse, key=lambda topic: weight(topic, Outcome.UNFAVOURABLE), default=None)


def unfavourable(topic: Topic) -> bool:
    """Return whether a verdict against the gemeente or the country is unfavourable."""
    return any(verdict.outcome is Outcome.UNFAVOURABLE for verdict in _verdicts(topic))


def _verdicts(topic: Topic) -> list[Verdict]:
    return [v for v in (topic.against_gemeente, topic.against_country) if v is not None]


def _steps(verdict: Verdict) -> int:
    """Return whole steps of |z|, rounded first so that a border is one on every machine."""
    return -1 if verdict.z is None else int(round(abs(verdict.z) * STEPS, 6))


def _people(topic: Topic, outcome: Outcome) -> float:
    """Return the percentage for whom it is good, or for whom it is bad; 0 where it is no share."""
    value = topic.figure.value
    if value is None or topic.indicator.unit != "percent" or topic.direction == "neutral":
        return 0.0
    same = (topic.direction == "better") == (outcome is Outcome.FAVOURABLE)
    return value if same else 100 - value
