"""What may be said of several areas laid side by side: agreements and differences, by rule.

Nobody is ranked: areas keep the order they were given in. Three rules (docs/method.md §3).

*Apart.* Area a is more favourable than area b on a topic:

* where both figures have margins, if the 95 % interval of a − b, with se = √(se_a² + se_b²),
  excludes zero, the printed figures differ by one whole percentage point (other units: by one of
  the last printed decimal) or more, and the difference holds at the framework's false discovery
  rate (Benjamini-Hochberg) over all tested pairs and topics of the comparison;
* where one has none, if they lie more than one whole band (``bands.slight``, one SD of the
  reference areas) apart and do not read alike on paper.

Nothing is said of figures of different periods, or of areas that share people: their figures are
not independent.

*Shared.* All areas with a figure have the same kind of verdict against the country. The mildest
of the words is true of all of them.

*Alone.* One area has a favourable (unfavourable) verdict against the country, no other area has,
none is uncertain or without a figure, and it is apart from each of them. Without that last
condition two figures on either side of a border would be told as a difference.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import TypeVar

from wijkprofiel.model import Bands, Framework, Indicator, Outcome, OwnArea, Profile, Topic
from wijkprofiel.scoring.compare import NOISE
from wijkprofiel.scoring.difference import se_of_figure
from wijkprofiel.scoring.discovery import adjusted
from wijkprofiel.scoring.rounding import half_up
from wijkprofiel.scoring.uncertainty import Z95, p_value

JUDGED = (Outcome.FAVOURABLE, Outcome.UNFAVOURABLE)
LEAST = 2
"""Areas with a figure that an agreement needs."""
NAMED = 6
"""Up to so many areas are named in a difference; of more areas it is counted how many."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two areas on one topic.

    Attributes:
        sign: +1 the first is more favourable, −1 the second, 0 neither can be said.
        tested: by a test; else by the band.
    """

    sign: int
    tested: bool


@dataclass(frozen=True, slots=True)
class Shared:
    """All areas with a figure have this outcome against the country.

    Attributes:
        strength: of the mildest word, which is true of all.
        varied: the words differ.
        tested: every verdict rests on a test.
        known: numbers (places in the order) of the areas with a verdict.
    """

    topic: str
    outcome: Outcome
    strength: int
    varied: bool
    tested: bool
    known: tuple[int, ...]


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


Pairs = Mapping[tuple[int, int], Pair]
"""Per pair of areas (the smaller number first) what can be said of them on one topic."""


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


def pairs(
    areas: Sequence[OwnArea], topics: Mapping[str, Sequence[Topic]], framework: Framework
) -> dict[str, dict[tuple[int, int], Pair]]:
    """Return per topic what can be said of every pair of areas.

    Args:
        areas: in order; those that share people are never compared.
        topics: id → the topic of each area, in the same order.
        framework: bands and false discovery rate.
    """
    apart = [(a, b) for a, b in combinations(range(len(areas)), 2) if not overlap(areas[a],
             areas[b])]  # fmt: skip
    tests: dict[tuple[str, int, int], float] = {}
    found: dict[str, dict[tuple[int, int], Pair]] = {}
    for name, of in topics.items():
        found[name] = {}
        for a, b in apart:
            pair, p = _pair(of[a], of[b], framework.bands)
            found[name][a, b] = pair
            if p is not None:
                tests[name, a, b] = p
    held = adjusted(list(tests.values())) <= framework.testing.false_discovery
    for (name, a, b), holds in zip(tests, held, strict=True):
        if not holds:
            found[name][a, b] = Pair(0, tested=True)
    return found


def overlap(one: OwnArea, other: OwnArea) -> bool:
    """Return whether two areas share people: a part of the one lies in a part of the other."""
    return any(_holds(a.code, b.code) or _holds(b.code, a.code) for a in one.parts
               for b in other.parts)  # fmt: skip


def shared(name: str, topics: Sequence[Topic]) -> Shared | None:
    """Return the outcome against the country that all areas with a figure share, or None."""
    verdicts = {
        number: topic.against_country
        for number, topic in enumerate(topics)
        if topic.figure.value is not None and topic.against_country.outcome is not Outcome.NONE
    }
    outcomes = {verdict.outcome for verdict in verdicts.values()}
    if len(verdicts) < LEAST or len(outcomes) != 1:
        return None
    outcome = outcomes.pop()
    if outcome not in (*JUDGED, Outcome.SIMILAR):
        return None
    strengths = {verdict.strength for verdict in verdicts.values()}
    tested = all(verdict.basis == "test" for verdict in verdicts.values())
    return Shared(name, outcome, min(strengths), len(strengths) > 1, tested, tuple(verdicts))


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
        others = [_between(own[0], other, known) for other in range(len(topics)) if other != own[0]]
        if all(pair.sign == turn for pair in others):
            verdict = verdicts[own[0]]
            tested = verdict.basis == "test" and all(pair.tested for pair in others)
            return Alone(name, own[0], outcome, verdict.strength, tested)
    return None


def apart(name: str, topics: Sequence[Topic], known: Pairs) -> Apart | None:
    """Return the largest two groups of which every area is apart from every area of the other.

    Of equal sizes the pair of groups with the largest gap. The topic's figures decide who stands
    in which group; within a group the areas keep their order.
    """
    turned = {number: _turned(topic) for number, topic in enumerate(topics)}
    order = sorted((n for n, v in turned.items() if v is not None), key=lambda n: (turned[n], n))
    best: tuple[int, float] = (0, 0.0)
    found: Apart | None = None
    for i in range(1, len(order)):
        for j in range(1, len(order) - i + 1):
            worse, better = order[:i], order[-j:]
            across = [_between(b, w, known) for b in better for w in worse]
            if not all(pair.sign > 0 for pair in across):
                continue
            gap = float(turned[better[0]] or 0) - float(turned[worse[-1]] or 0)
            if (i + j, round(gap, NOISE)) > best:
                best = (i + j, round(gap, NOISE))
                tested = all(pair.tested for pair in across)
                found = Apart(name, tuple(sorted(worse)), tuple(sorted(better)), tested)
    return found


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
        one = _widest(slot, lambda n, t: shared(n, t))
        agreed += [one] if one else []
        only = _widest(slot, lambda n, t: alone(n, t, known[n]))
        single += [only] if only else []
        groups = _widest(slot, lambda n, t: apart(n, t, known[n]))
        told = only is not None and groups is not None and (only.area,) in (groups.worse,
                                                                            groups.better)  # fmt: skip
        differ += [groups] if groups and not told else []
    return Contrast(domain, tuple(agreed), tuple(single), tuple(differ), tuple(tallies))


Said = TypeVar("Said", Shared, Alone, Apart)


def _widest(
    slot: Mapping[str, Sequence[Topic]], say: Callable[[str, Sequence[Topic]], Said | None]
) -> Said | None:
    """Return what the topic of a slot says that lies furthest from the country or spreads most."""
    said = [(say(name, topics), topics) for name, topics in slot.items()]
    found = [(one, _reach(topics)) for one, topics in said if one is not None]
    return max(found, key=lambda item: item[1])[0] if found else None


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


def _pair(one: Topic, other: Topic, bands: Bands) -> tuple[Pair, float | None]:
    """Return what two figures say of each other, and the p-value of a test."""
    a, b = one.figure, other.figure
    nothing = Pair(0, tested=False)
    if a.value is None or b.value is None or a.period != b.period:
        return nothing, None
    sign = -1 if one.direction == "worse" else 1
    errors = (se_of_figure(a), se_of_figure(b))
    if errors[0] is not None and errors[1] is not None:
        difference, se = a.value - b.value, math.hypot(*errors)
        claim = abs(difference) > Z95 * se and _differ(a.value, b.value, one.indicator, whole=True)
        turn = int(math.copysign(1, sign * difference)) if claim else 0
        return Pair(turn, tested=True), float(p_value(difference, se))
    if one.z is None or other.z is None:
        return nothing, None
    apart = round(one.z - other.z, NOISE)
    if abs(apart) <= bands.slight or not _differ(a.value, b.value, one.indicator, whole=False):
        return nothing, None
    return Pair(1 if apart > 0 else -1, tested=False), None


def _differ(one: float, other: float, indicator: Indicator, *, whole: bool) -> bool:
    """Return whether the printed figures differ; with ``whole`` by a whole percentage point."""
    decimals = indicator.decimals
    gap = abs(half_up(one, decimals) - half_up(other, decimals))
    least = 1.0 if whole and indicator.unit == "percent" else 10.0**-decimals
    return round(gap - least, NOISE) >= 0


def _between(one: int, other: int, known: Pairs) -> Pair:
    """Return the pair as seen from ``one``; areas that share people say nothing."""
    if (one, other) in known:
        return known[one, other]
    pair = known.get((other, one), Pair(0, tested=False))
    return Pair(-pair.sign, pair.tested)


def _turned(topic: Topic) -> float | None:
    """Return the figure with + for favourable."""
    value = topic.figure.value
    return None if value is None else -value if topic.direction == "worse" else value


def _holds(outer: str, inner: str) -> bool:
    return outer == inner or (len(outer) < len(inner) and inner[2:].startswith(outer[2:]))
