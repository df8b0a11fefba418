"""What page 1 may say: strengths and concerns, which are what stands out, by docs/method.md §3.

Each slot speaks once, through the indicator that differs most from the comparator (the gemeente
where there is one, else the country), so that one construct is not told twice.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from wijkprofiel.model import Framework, Highlights, Outcome, Topic
from wijkprofiel.profile.telling import against, unfavourable

MOST = 3
"""Highlights of a kind that a page holds at most."""

MOST_ADULTS = 75.0
"""Percentage that counts as "most adults": at least three quarters."""


def select(topics: Mapping[str, Topic], frameworks: Iterable[Framework]) -> Highlights:
    """Return the highlights of one area.

    Strengths: gunstiger first, by size of the difference; then the favourable side of
    vergelijkbaar (not where the two figures are equal on paper); then what at least three
    quarters of the people have, of the topics that are better when higher and that have no
    unfavourable verdict: a strength never reads "ongunstiger". Concerns: only from "iets
    ongunstiger" on. A slot is never both. Sensitive topics are never chosen. Ties keep the
    order of the frameworks.
    """
    slots = _slots(topics, frameworks)
    chosen = [name for name in (_speaker(topics, names) for names in slots) if name]
    clear = _by_size(topics, [n for n in chosen if _outcome(topics[n]) is Outcome.FAVOURABLE])
    worse = _by_size(topics, [n for n in chosen if _outcome(topics[n]) is Outcome.UNFAVOURABLE])
    concerns = worse[:MOST]
    near = _by_size(topics, [n for n in chosen if _favourable_side(topics[n])])
    taken = {name for names in slots if set(names) & {*concerns, *clear, *near} for name in names}
    most = _most_adults(topics, [[n for n in names if n not in taken] for names in slots])
    ranked = [*((n, _how(topics[n])) for n in clear), *((n, "favourable_side") for n in near)]
    ranked += [(n, "most_adults") for n in most]
    strengths = ranked[:MOST]
    return Highlights(
        strengths=tuple(name for name, _ in strengths),
        strengths_case=_case(case for _, case in strengths),
        concerns=tuple(concerns),
        concerns_case=_case(_how(topics[n]) for n in concerns),
    )


def _slots(topics: Mapping[str, Topic], frameworks: Iterable[Framework]) -> list[list[str]]:
    """Return the scored indicators per construct, over all frameworks, in their order.

    Frameworks share indicators but cut slots in their own way: slots that share an indicator
    are one construct.
    """
    slots: list[list[str]] = []
    for framework in frameworks:
        for domain in framework.domains:
            for slot in domain.slots:
                names = [part.id for part in slot.indicators if _may_speak(topics, part.id)]
                same = next((known for known in slots if set(known) & set(names)), None)
                if same is None:
                    same = []
                    slots.append(same)
                seen = {name for known in slots for name in known}
                same += [name for name in dict.fromkeys(names) if name not in seen]
    return slots


def _may_speak(topics: Mapping[str, Topic], name: str) -> bool:
    topic = topics.get(name)
    return (
        topic is not None
        and topic.figure.value is not None
        and topic.direction != "neutral"
        and topic.indicator.sensitive is None
    )


def _speaker(topics: Mapping[str, Topic], names: list[str]) -> str | None:
    """Return the indicator of a slot that differs most; one with a word before one without."""
    judged = [n for n in names if _outcome(topics[n]) not in (Outcome.NONE, Outcome.UNCERTAIN)]
    return max(judged, key=lambda n: (_worded(topics[n]), _size(topics[n])), default=None)


def _how(topic: Topic) -> str:
    """How far a highlight differs: "slight" for "iets", else "clear"."""
    return "slight" if against(topic).strength == 1 else "clear"


def _worded(topic: Topic) -> bool:
    return against(topic).strength > 0


def _outcome(topic: Topic) -> Outcome:
    return against(topic).outcome


def _favourable_side(topic: Topic) -> bool:
    verdict = against(topic)
    similar = verdict.outcome is Outcome.SIMILAR and not verdict.equal_on_paper
    return similar and verdict.z is not None and verdict.z > 0


def _most_adults(topics: Mapping[str, Topic], slots: list[list[str]]) -> list[str]:
    """Return per slot the highest percentage that most people have, the highest first."""
    found = []
    for names in slots:
        high = [n for n in names if _have(topics[n]) >= MOST_ADULTS and not unfavourable(topics[n])]
        if high:
            found.append(max(high, key=lambda n: _have(topics[n])))
    return sorted(found, key=lambda n: -_have(topics[n]))


def _have(topic: Topic) -> float:
    """Return the percentage of a topic that is better when higher, else 0."""
    fits = topic.indicator.unit == "percent" and topic.direction == "better"
    return topic.figure.value if fits and topic.figure.value is not None else 0.0


def _by_size(topics: Mapping[str, Topic], names: list[str]) -> list[str]:
    return sorted(names, key=lambda n: -_size(topics[n]))


def _size(topic: Topic) -> float:
    """Return |z|, rounded so that ties are ties on every machine."""
    return abs(round(against(topic).z or 0.0, 9))


def _case(cases: Iterable[str]) -> str:
    found = set(cases)
    if len(found) > 1:
        return "mixed"
    return found.pop() if found else "none"
