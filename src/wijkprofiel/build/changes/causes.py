"""Which difference between two manifests explains a change of a topic or a domain.

Evidence about the very figure comes first (its correction, its area, its table, its declaration,
the rules it is scored by). Only where there is none, what could explain anything is named: other
weights, another version, other configs. Where that is the same too, the change is unexplained.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from wijkprofiel.build.changes.differences import Differences
from wijkprofiel.build.changes.model import Because, Cause
from wijkprofiel.build.published import COUNTRY, GEMEENTE, SIMILAR, PublishedFigure, PublishedScore

NOTHING = Because.of(Cause.UNEXPLAINED, "unexplained")

Reasons = tuple[Because, ...]
Topic = tuple[str, PublishedFigure, PublishedFigure]
"""Id, and the figures of both builds."""


def of_figure(name: str, old: PublishedFigure, new: PublishedFigure, found: Differences) -> Reasons:
    """Return why the area's own value, period, margins or trend changed."""
    return _settled(own_evidence(name, old, new, found), old, new, found)


def of_verdict(
    name: str, place: str, old: PublishedFigure, new: PublishedFigure, found: Differences
) -> Reasons:
    """Return why the word about a figure changed against one comparator.

    Where the figure itself reads the same, it is what it is compared with, or the rules.
    """
    rules = [*_rule(old, new), *found.frameworks.values()]
    if (old.value, old.period) == (new.value, new.period):
        moved = [*_reference(name, place, old, new, found)]
        if moved or rules:
            return _once([*rules, *moved, *_place(place, found)])
    return _settled([*own_evidence(name, old, new, found), *rules], old, new, found)


def of_comparator(
    name: str, place: str, old: PublishedFigure, new: PublishedFigure, found: Differences
) -> Reasons:
    """Return why the value of the gemeente, the country or the similar wijken changed."""
    evidence = [
        *_place(place, found),
        *found.corrections.get(name, ()),
        *_data(old, new, found),
        *_rule(old, new),
    ]
    return _settled(evidence, old, new, found)


def of_score(
    where: tuple[str, str],
    topics: Sequence[Topic],
    found: Differences,
    *,
    place: str = "",
    scores: tuple[PublishedScore, PublishedScore] | None = None,
) -> Reasons:
    """Return why a domain's score, coverage, margins, robustness or verdict changed.

    Args:
        where: framework and domain.
        topics: what it is scored on, with the figures of both builds.
        found: what differs.
        place: the comparator of a verdict, "" for the score itself.
        scores: of both builds, for a verdict: the gemeente's own score may have moved.
    """
    framework, domain = where
    rules = [*_present(found.frameworks.get(framework)), *_present(found.domains.get(where))]
    moved = [t for t in topics if (t[1].value, t[1].period) != (t[2].value, t[2].period)]
    own = [reason for topic in moved for reason in own_evidence(*topic, found)]
    if own or rules:
        return _once([*own, *rules])
    beside = [
        r for topic in topics for r in _reference(topic[0], place or COUNTRY, *topic[1:], found)
    ]
    if f"{framework}:{domain}" in found.stats or beside:
        return (Because.of(Cause.REFERENCE, "reference.stats"), *_place(place, found))
    if place == GEMEENTE and scores is not None and scores[0].gemeente != scores[1].gemeente:
        facts = {"place": GEMEENTE, "old": scores[0].gemeente, "new": scores[1].gemeente}
        return (Because.of(Cause.REFERENCE, "reference.score", **facts),)
    evidence = [reason for topic in topics for reason in own_evidence(*topic, found)]
    if topics:
        return _settled(evidence, *topics[0][1:], found)
    return found.weak or (NOTHING,)


def own_evidence(
    name: str, old: PublishedFigure, new: PublishedFigure, found: Differences
) -> list[Because]:
    """Return all that is known to have changed about the area's own figure."""
    evidence = [*found.corrections.get(name, ())]
    if not evidence and old.corrected != new.corrected:
        reason = new.corrected or old.corrected
        key = "correction.mended" if new.corrected else "correction.left"
        evidence.append(Because.of(Cause.CORRECTION, key, reason=reason))
    evidence += found.boundary
    if not found.boundary and old.converted != new.converted:
        evidence.append(Because.of(Cause.BOUNDARY, "boundary.match"))
    return [*evidence, *_data(old, new, found), *_rule(old, new)]


def _data(old: PublishedFigure, new: PublishedFigure, found: Differences) -> Iterator[Because]:
    if old.source and new.source and old.source != new.source:
        facts = {"old": old.source, "new": new.source}
        yield Because.of(Cause.DATA, "data.source", **facts)
    else:
        yield from _present(found.data.get(new.source or old.source))
    if old.period and new.period and old.period != new.period:
        yield Because.of(Cause.DATA, "data.period", old=old.period, new=new.period)


def _rule(old: PublishedFigure, new: PublishedFigure) -> Iterator[Because]:
    if old.rule and new.rule and old.rule != new.rule:
        yield Because.of(Cause.METHOD, "method.indicator")


def _reference(
    name: str, place: str, old: PublishedFigure, new: PublishedFigure, found: Differences
) -> Iterator[Because]:
    """Yield what is known to have moved of what a figure is compared with."""
    shown = {
        GEMEENTE: (old.gemeente, new.gemeente),
        COUNTRY: (old.country, new.country),
        SIMILAR: (old.similar, new.similar),
    }
    before, after = shown.get(place, ("", ""))
    if before != after:
        facts = {"place": place, "old": before or "–", "new": after or "–"}
        yield Because.of(Cause.REFERENCE, "reference.value", **facts)
    if name in found.stats:
        yield Because.of(Cause.REFERENCE, "reference.stats")


def _place(place: str, found: Differences) -> Iterator[Because]:
    yield from _present(found.places.get(place))


def _settled(
    evidence: Iterable[Because], old: PublishedFigure, new: PublishedFigure, found: Differences
) -> Reasons:
    """Return the evidence, or else what could explain anything, or that nothing does."""
    told = _once(evidence)
    if told:
        return told
    if found.data and (new.weight or old.weight or new.converted or old.converted):
        weight = new.weight or old.weight
        key = "data.weights" if weight else "data.other"
        return (Because.of(Cause.DATA, key, **({"weight": weight} if weight else {})),)
    if found.weak:
        return found.weak
    if {old.source, new.source} & found.unseen:
        # Nothing else differs, and of a survey no checksum is kept: it must be the survey.
        return (Because.of(Cause.DATA, "data.survey", source=new.source or old.source),)
    return (NOTHING,)


def _present(reason: Because | None) -> Iterator[Because]:
    if reason is not None:
        yield reason


def _once(reasons: Iterable[Because]) -> Reasons:
    return tuple(dict.fromkeys(reasons))
