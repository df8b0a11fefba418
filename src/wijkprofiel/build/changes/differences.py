"""What differs between the manifests of one area in two builds, apart from what was published."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from wijkprofiel.build.changes.model import Because, Cause
from wijkprofiel.build.changes.read import CorrectionTold, Manifest, SnapshotTold

PROGRAM = "wijkprofiel"
"""The package whose version counts as method; other libraries draw."""
_CLOSE = 1e-9
_DOMAINS = "domains"


@dataclass(frozen=True, slots=True)
class Differences:
    """What may explain a change.

    Attributes:
        data: per source table why its data are others.
        unseen: own surveys, of which no checksum is kept.
        frameworks: per framework how its general rules differ.
        domains: per framework and domain how its own rules differ.
        stats: ids of topics, and framework:domain, whose reference numbers differ.
        boundary: how the area itself, or its division, differs.
        places: the comparators ("gemeente", "country") that are another area now.
        corrections: per topic the corrections that came, went or changed.
        weak: what could explain anything, and is named where nothing else does.
    """

    data: Mapping[str, Because]
    unseen: frozenset[str]
    frameworks: Mapping[str, Because]
    domains: Mapping[tuple[str, str], Because]
    stats: frozenset[str]
    boundary: tuple[Because, ...]
    places: Mapping[str, Because]
    corrections: Mapping[str, tuple[Because, ...]]
    weak: tuple[Because, ...]


def differences(old: Manifest, new: Manifest) -> Differences:
    """Return what differs between two manifests of one area."""
    frameworks, domains = _rules(old, new)
    return Differences(
        data=dict(_data(old, new)),
        unseen=frozenset(s.source for s in new.data if s.sha256 is None),
        frameworks=frameworks,
        domains=domains,
        stats=frozenset(_stats(old, new)),
        boundary=tuple(_boundary(old, new)),
        places=dict(_places(old, new)),
        corrections=_corrections(old.corrections, new.corrections),
        weak=tuple(_weak(old, new)),
    )


def _data(old: Manifest, new: Manifest) -> Iterator[tuple[str, Because]]:
    """Yield the sources that both builds have, and whose edition or files differ."""
    tables = {source.id: source for source in old.sources}
    before, after = _files(old.data), _files(new.data)
    for source in new.sources:
        known = tables.get(source.id)
        if known is None:
            continue
        if known.table != source.table:
            facts = {"source": source.title, "old": known.table, "new": source.table}
            yield source.id, Because.of(Cause.DATA, "data.edition", **facts)
            continue
        had, has = before.get(source.id, {}), after.get(source.id, {})
        changed = sorted(path for path in had.keys() | has.keys() if had.get(path) != has.get(path))
        if not changed:
            continue
        stamp = max((snap.modified for snap in has.values()), default="")
        moved = stamp != max((snap.modified for snap in had.values()), default="")
        if moved and stamp:
            facts = {"source": source.title, "date": stamp[:10]}
            yield source.id, Because.of(Cause.DATA, "data.modified", **facts)
        else:
            facts = {"source": source.title, "files": ", ".join(changed)}
            yield source.id, Because.of(Cause.DATA, "data.files", **facts)


def _files(data: Iterable[SnapshotTold]) -> dict[str, dict[str, SnapshotTold]]:
    found: dict[str, dict[str, SnapshotTold]] = {}
    for snapshot in data:
        found.setdefault(snapshot.source, {})[snapshot.path] = snapshot
    return found


def _rules(
    old: Manifest, new: Manifest
) -> tuple[dict[str, Because], dict[tuple[str, str], Because]]:
    frameworks: dict[str, Because] = {}
    domains: dict[tuple[str, str], Because] = {}
    for name in old.frameworks.keys() & new.frameworks.keys():
        before, after = old.frameworks[name], new.frameworks[name]
        changed = _keys(before, after) - {_DOMAINS, "period"}
        if changed:
            facts = {"framework": name, "what": ", ".join(sorted(changed))}
            frameworks[name] = Because.of(Cause.METHOD, "method.framework", **facts)
        had, has = before.get(_DOMAINS, {}), after.get(_DOMAINS, {})
        for domain in _keys(had, has):
            facts = {"framework": name, "domain": domain}
            what = ", ".join(sorted(_slots(had.get(domain) or {}, has.get(domain) or {})))
            told = Because.of(Cause.METHOD, "method.domain", **facts, what=what)
            domains[name, domain] = told
    return frameworks, domains


def _keys(before: Mapping[str, Any], after: Mapping[str, Any]) -> set[str]:
    return {key for key in before.keys() | after.keys() if before.get(key) != after.get(key)}


def _slots(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[str]:
    """Yield the rules of a domain that differ; of the slots which of them."""
    for key in _keys(before, after):
        if key == "slots":
            yield from _keys(before.get(key) or {}, after.get(key) or {})
        else:
            yield key


def _stats(old: Manifest, new: Manifest) -> Iterator[str]:
    before, after = old.reference, new.reference
    for name in before.indicators.keys() | after.indicators.keys():
        if not _same(before.indicators.get(name), after.indicators.get(name)):
            yield name
    for framework in before.domains.keys() | after.domains.keys():
        had, has = before.domains.get(framework, {}), after.domains.get(framework, {})
        for domain in had.keys() | has.keys():
            if not _same(had.get(domain), has.get(domain)):
                yield f"{framework}:{domain}"


def _same(before: Any, after: Any) -> bool:
    """Whether two values of JSON are the same but for binary noise."""
    if isinstance(before, dict) and isinstance(after, dict):
        return before.keys() == after.keys() and all(_same(before[k], after[k]) for k in before)
    if isinstance(before, list) and isinstance(after, list):
        return len(before) == len(after) and all(map(_same, before, after))
    if isinstance(before, float) and isinstance(after, float):
        return math.isclose(before, after, rel_tol=_CLOSE, abs_tol=_CLOSE)
    return bool(before == after)


def _boundary(old: Manifest, new: Manifest) -> Iterator[Because]:
    before, after = old.config.boundary_year, new.config.boundary_year
    if before != after:
        facts = {"old": str(before), "new": str(after)}
        yield Because.of(Cause.BOUNDARY, "boundary.year", **facts)
    if old.area is None or new.area is None:
        return
    if old.area.codes != new.area.codes:
        facts = {"old": " ".join(old.area.codes), "new": " ".join(new.area.codes)}
        yield Because.of(Cause.BOUNDARY, "boundary.parts", **facts)
    elif old.area.boundary_matches != new.area.boundary_matches or (
        old.area.formerly != new.area.formerly
    ):
        yield Because.of(Cause.BOUNDARY, "boundary.match")


def _places(old: Manifest, new: Manifest) -> Iterator[tuple[str, Because]]:
    if old.area is None or new.area is None:
        return
    pairs = {
        "gemeente": (old.area.comparator, new.area.comparator),
        "country": (old.area.country, new.area.country),
    }
    for place, (before, after) in pairs.items():
        if before.code != after.code:
            facts = {"old": before.name, "new": after.name}
            yield place, Because.of(Cause.BOUNDARY, "boundary.place", **facts)


def _corrections(
    old: Iterable[CorrectionTold], new: Iterable[CorrectionTold]
) -> dict[str, tuple[Because, ...]]:
    before, after = ({_figure(c): c for c in found} for found in (old, new))
    told: dict[str, tuple[Because, ...]] = {}
    for figure in sorted(before.keys() | after.keys()):
        had, has = before.get(figure), after.get(figure)
        if had == has:
            continue
        shown = has or had
        if shown is None:
            continue
        key = "changed" if had and has else "new" if has else "gone"
        facts = {"area": shown.area, "period": shown.period, "reason": shown.reason}
        reason = Because.of(Cause.CORRECTION, f"correction.{key}", **facts)
        told[shown.indicator] = (*told.get(shown.indicator, ()), reason)
    return told


def _figure(item: CorrectionTold) -> tuple[str, str, str, str]:
    return item.source, item.area, item.indicator, item.period


def _weak(old: Manifest, new: Manifest) -> Iterator[Because]:
    before, after = old.versions.get(PROGRAM, ""), new.versions.get(PROGRAM, "")
    if before != after:
        yield Because.of(Cause.METHOD, "method.version", old=before, new=after)
    elif old.project.get("program") != new.project.get("program"):
        changed = sorted(_keys(old.versions, new.versions))
        what = ", ".join(f"{name} {new.versions.get(name, '')}".strip() for name in changed)
        key = "method.libraries" if changed else "method.program"
        yield Because.of(Cause.METHOD, key, **({"what": what} if changed else {}))
    if old.config.hash != new.config.hash:
        yield Because.of(Cause.METHOD, "method.config")
