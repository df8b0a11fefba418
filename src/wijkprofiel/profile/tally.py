"""How many topics read favourable, similar and unfavourable: one count over everything."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from wijkprofiel.model import Domain, Outcome, Status, Topic, Verdict

ORDER = (Outcome.FAVOURABLE, Outcome.SIMILAR, Outcome.UNFAVOURABLE, Outcome.UNCERTAIN)
"""Outcomes that are counted; the first goes first where two have as many."""


@dataclass(frozen=True, slots=True)
class Tally:
    """How many topics have each outcome against one comparator.

    Attributes:
        counts: outcome and number, the most first; without those that nothing has.
        tested: whether every verdict that is counted was tested.
    """

    counts: tuple[tuple[Outcome, int], ...]
    tested: bool

    @property
    def total(self) -> int:
        """How many topics have a verdict."""
        return sum(number for _, number in self.counts)


def judged(domains: Iterable[Domain], topics: Mapping[str, Topic]) -> Iterator[Topic]:
    """Yield the topics that domains are scored on, once, in their order; no sensitive ones."""
    names = (part.id for d in domains for slot in d.slots for part in slot.indicators)
    for name in dict.fromkeys(names):
        topic = topics.get(name)
        if topic is not None and not topic.indicator.sensitive:
            yield topic


def tally(topics: Iterable[Topic], *, gemeente: bool) -> Tally:
    """Return how many topics have each outcome: against the gemeente, or against the country.

    Only judged topics with a figure and a verdict count.
    """
    verdicts = [verdict for topic in topics if (verdict := _verdict(topic, gemeente=gemeente))]
    found = Counter(verdict.outcome for verdict in verdicts)
    some = sorted((o for o in ORDER if found[o]), key=lambda outcome: -found[outcome])
    tested = all(verdict.basis == "test" for verdict in verdicts)
    return Tally(tuple((outcome, found[outcome]) for outcome in some), tested)


def _verdict(topic: Topic, *, gemeente: bool) -> Verdict | None:
    verdict = topic.against_gemeente if gemeente else topic.against_country
    known = topic.figure.status is Status.OK and topic.direction != "neutral"
    return verdict if known and verdict is not None and verdict.outcome in ORDER else None
