"""What may be said of several areas laid side by side: agreements and differences, by rule.

Nobody is ranked: areas keep the order they were given in. Three rules (docs/method.md §3).

*Apart.* Two figures differ by a test or by a whole band: :mod:`wijkprofiel.profile.pairs`.

*Shared.* All areas with a figure have the same kind of verdict against the country, or (of at most
:data:`NAMED` areas) the largest group of two or more has, and no other group is as large. The
mildest of the words is true of all of them. It says nothing of the others.

*Alone.* One area has a favourable (unfavourable) verdict against the country, no other area has,
none is uncertain or without a figure, and it is apart from each of them. Without that last
condition two figures on either side of a border would be told as a difference.

Topics of one slot are about the same thing, so that one speaks for it. Of differences: the first
topic in the framework's order that differs, a tested one before others. Not the one that differs
most: the topic that a slot is named after would go missing for a point more beside it. Of
agreements: the one furthest from the country.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from wijkprofiel.model import Framework, Outcome, Profile, Topic
from wijkprofiel.profile.pairs import Pairs, between, pairs
from wijkprofiel.scoring.compare import NOISE

JUDGED = (Outcome.FAVOURABLE, Outcome.UNFAVOURABLE)
LEAST = 2
"""Areas with a figure that an agreement needs."""
NAMED = 6
"""Up to so many areas are named in a difference; of more areas it is counted how many."""


@dataclass(frozen=True, slots=True)
class Shared:
    """Areas that have the same outcome against the country.

    Attributes:
        strength: of the mildest word, which is true of all.
        varied: the words differ.
        tested: every verdict rests on a test.
        areas: their numbers (places in the order).
        everywhere: they are all the areas with a figure.
    """

    topic: str
    outcome: Outcome
    strength: int
    varied: bool
    tested: bool
    areas: tuple[int, ...]
    everywhere: bool


@dataclass(frozen=True, slots=True)
class Alone:
    """Only this area has this outcome against the country, and it is apart from all others."""

    topic: str
    area: int
    outcome: Outcome
    strength: int
    tested: bool


@dataclass(frozen=True, slots=True)
class Apart:
    """Each of ``worse`` is less favourable than each of ``better``; both in the given order."""

    topic: str
    worse: tuple[int, ...]
    better: tuple[int, ...]
    tested: bool


@dataclass(frozen=True, slots=True)
class Tally:
    """How many areas have which outcome, and between which figures they lie.

    Attributes:
        counts: outcome → number of areas; without a verdict under ``Outcome.NONE``.
        low, high: lowest and highest figure; None where no area has one.
    """

    topic: str
    counts: Mapping[Outcome, int]
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class Contrast:
    """What may be said about the topics of one domain; one topic speaks for a slot."""

    domain: str
    shared: tuple[Shared, ...]
    alone: tuple[Alone, ...]
    apart: tuple[Apart, ...]
    tallies: tuple[Tally, ...]


def contrasts(profiles: Sequence[Profile], framework: Framework) -> tuple[Contrast, ...]:
    """Return what may be said of these areas, per domain of ``framework`` in its order.

    Args:
        profiles: in the order of the pages.
        framework: gives domains, slots, bands and false discovery rate.
    """
    slots = {
        domain.id: [_topics(profiles, [item.id for item in slot.indicators])
                    for slot in domain.slots]
        for domain in framework.domains
    }  # fmt: skip
    every = {name: found for domain in slots.values() for slot in domain for name, found in
             slot.items()}  # fmt: skip
    known = pairs([profile.area for profile in profiles], every, framework)
    return tuple(_contrast(domain, found, known) for domain, found in slots.items())


def shared(name: str, topics: Sequence[Topic]) -> Shared | None:
    """Return the outcome against the country that all areas, or the most of them, share."""
    verdicts = {
        number: topic.against_country
        for number, topic in enumerate(topics)
        if topic.figure.value is not None and topic.against_country.outcome is not Outcome.NONE
    }
    sizes = Counter(verdict.outcome for verdict in verdicts.values()).most_common()
    if not sizes or sizes[0][1] < LEAST or (len(sizes) > 1 and len(topics) > NAMED):
        return None
    outcome, most = sizes[0]
    tied = len(sizes) > 1 and sizes[1][1] == most
    if tied or outcome not in (*JUDGED, Outcome.SIMILAR):
        return None
    of = {number: v for number, v in verdicts.items() if v.outcome is outcome}
    strengths = {verdict.strength for verdict in of.values()}
    return Shared(
        name,
        outcome,
        min(strengths),
        varied=len(strengths) > 1,
        tested=all(verdict.basis == "test" for verdict in of.values()),
        areas=tuple(of),
        everywhere=len(of) == len(verdicts),
    )


def alone(name: str, topics: Sequence[Topic], known: Pairs) -> Alone | None:
    """Return the one area with a (un)favourable verdict that is apart from all others, or None."""
    verdicts = [topic.against_country for topic in topics]
    silent = (Outcome.NONE, Outcome.UNCERTAIN)
    if len(topics) <= LEAST or any(
        v.outcome in silent or t.figure.value is None for v, t in zip(verdicts, topics, strict=True)
    ):
        return None
    for outcome in JUDGED:
        own = [number for number, verdict in enumerate(verdicts) if verdict.outcome is outcome]
        if len(own) != 1:
            continue
        turn = 1 if outcome is Outcome.FAVOURABLE else -1
        others = [between(own[0], other, known) for other in range(len(topics)) if other != own[0]]
        if all(pair.sign == turn for pair in others):
            verdict = verdicts[own[0]]
            tested = verdict.basis == "test" and all(pair.tested for pair in others)
            return Alone(name, own[0], outcome, verdict.strength, tested)
    return None


def apart(name: str, topics: Sequence[Topic], known: Pairs) -> Apart | None:
    """Return the largest two groups of which every area is apart from every area of the other.

    Of equal sizes the pair of groups with the largest gap. The topic's figures decide who stands
    in which group; within a group the areas keep their order. Of more than :data:`NAMED` areas
    only the two ends are looked at: whether the field is wide is said, not who stands where.
    """
    turned = {number: _turned(topic) for number, topic in enumerate(topics)}
    order = sorted((n for n, v in turned.items() if v is not None), key=lambda n: (turned[n], n))
    best: tuple[int, float] = (0, 0.0)
    found: Apart | None = None
    for i, j in _sizes(len(order)):
        worse, better = order[:i], order[-j:]
        across = [between(b, w, known) for b in better for w in worse]
        if not all(pair.sign > 0 for pair in across):
            continue
        gap = float(turned[better[0]] or 0) - float(turned[worse[-1]] or 0)
        if (i + j, round(gap, NOISE)) > best:
            best = (i + j, round(gap, NOISE))
            tested = all(pair.tested for pair in across)
            found = Apart(name, tuple(sorted(worse)), tuple(sorted(better)), tested)
    return found


def _sizes(number: int) -> list[tuple[int, int]]:
    """Return the sizes that two groups of ``number`` areas can have."""
    if number < LEAST:
        return []
    if number > NAMED:
        return [(1, 1)]
    return [(i, j) for i in range(1, number) for j in range(1, number - i + 1)]


def tally(name: str, topics: Sequence[Topic]) -> Tally:
    """Return how many areas have which outcome against the country."""
    counts = dict.fromkeys(Outcome, 0)
    for topic in topics:
        missing = topic.figure.value is None
        counts[Outcome.NONE if missing else topic.against_country.outcome] += 1
    values = [topic.figure.value for topic in topics if topic.figure.value is not None]
    return Tally(name, counts, min(values, default=None), max(values, default=None))


def _contrast(
    domain: str, slots: Sequence[Mapping[str, Sequence[Topic]]], known: Mapping[str, Pairs]
) -> Contrast:
    agreed, single, differ, tallies = [], [], [], []
    for slot in slots:
        tallies += [tally(name, topics) for name, topics in slot.items()]
        one = _widest(slot, shared)
        agreed += [one] if one else []
        only, groups = _speaking(slot, known)
        single += [only] if only else []
        differ += [groups] if groups and not _told(only, groups) else []
    return Contrast(domain, tuple(agreed), tuple(single), tuple(differ), tuple(tallies))


def _told(only: Alone | None, groups: Apart) -> bool:
    """Return whether a difference is already told: of the one area that is alone."""
    return only is not None and (only.area,) in (groups.worse, groups.better)


def _speaking(
    slot: Mapping[str, Sequence[Topic]], known: Mapping[str, Pairs]
) -> tuple[Alone | None, Apart | None]:
    """Return the differences of the topic that speaks for a slot: the first, a tested one first."""
    every = [(alone(n, t, known[n]), apart(n, t, known[n])) for n, t in slot.items()]
    said = [pair for pair in every if any(pair)]
    tested = [pair for pair in said if any(one is not None and one.tested for one in pair)]
    return next(iter(tested or said), (None, None))


def _widest(
    slot: Mapping[str, Sequence[Topic]], say: Callable[[str, Sequence[Topic]], Shared | None]
) -> Shared | None:
    """Return what the topic of a slot that lies furthest from the country says."""
    found = [(one, _reach(t)) for n, t in slot.items() if (one := say(n, t)) is not None]
    return max(found, key=lambda item: item[1])[0] if found else None


def spread(topics: Sequence[Topic]) -> float:
    """Return how far the figures of the areas lie apart, in the unit of the topic."""
    values = [topic.figure.value for topic in topics if topic.figure.value is not None]
    return round(max(values) - min(values), NOISE) if values else 0.0


def _reach(topics: Sequence[Topic]) -> float:
    sizes = [abs(topic.z) for topic in topics if topic.z is not None]
    return round(max(sizes, default=0.0), NOISE)


def _topics(profiles: Sequence[Profile], names: Sequence[str]) -> dict[str, list[Topic]]:
    """Return the judged topics that every profile has, by id, none of them sensitive."""
    found = {name: [p.topics[name] for p in profiles if name in p.topics] for name in names}
    return {
        name: topics
        for name, topics in found.items()
        if len(topics) == len(profiles)
        and topics[0].direction != "neutral"
        and topics[0].indicator.sensitive is None
    }


def _turned(topic: Topic) -> float | None:
    """Return the figure with + for favourable."""
    value = topic.figure.value
    return None if value is None else -value if topic.direction == "worse" else value
