"""What an area was built from: enough to explain every number, and no clock.

One ``manifest.json`` beside the documents of each area. Two builds of the same files with the
same versions give the same bytes. Of the area's own figures it holds what the documents print
(:mod:`wijkprofiel.build.published`), so nothing that disclosure control took away.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from wijkprofiel.build.inputs import Hashes, Inputs
from wijkprofiel.config import Config
from wijkprofiel.model import (
    Area,
    Comparison,
    Correction,
    Domain,
    Finding,
    Profile,
    ReferenceStats,
    Snapshot,
)
from wijkprofiel.model.same import Same
from wijkprofiel.sources.dataset import Dataset

if TYPE_CHECKING:
    import pandas as pd

NAME = "manifest.json"
FORMAT = 2
"""Of the manifest; a reader must know it (:mod:`wijkprofiel.build.changes.read`)."""


def text(  # noqa: PLR0913, PLR0917  # all that an area was built from
    config: Config,
    dataset: Dataset,
    profile: Profile,
    inputs: Inputs,
    documents: Iterable[Mapping[str, Any]],
    findings: Iterable[Finding],
    left_out: Sequence[str] = (),
) -> str:
    """Return the manifest of one area as JSON, keys sorted.

    Args:
        config: the project.
        dataset: the data it was built from.
        profile: the area.
        inputs: what reaches any area.
        documents: what :func:`document` tells of each file, also of those made earlier.
        findings: about the area; those about a document stand with it.
        left_out: names of files that are not made for this area.
    """
    content = {
        "format": FORMAT,
        "language": config.language,
        "area": _area(profile, dataset),
        "published": _published(profile, config),
        "corrections": _corrections(profile, config, dataset),
        "edition": profile.edition.model_dump(mode="json"),
        "input": profile.input_hash,
        "project": dict(inputs.project),
        "config": {
            "hash": config.hash,
            "templates": inputs.templates,
            "style": config.style_of(profile.people).id,
            "chosen_style": config.chosen_style,
            "boundary_year": config.project.boundary_year,
        },
        "versions": dict(inputs.versions),
        "data": [_snapshot(snapshot, config) for snapshot in dataset.snapshots],
        "sources": [_plain(source) for source in profile.sources],
        "frameworks": {name: _framework(profile, name) for name in profile.frameworks},
        "reference": _reference(profile),
        "findings": [_plain(finding) for finding in findings],
        "left_out": list(left_out),
        "documents": sorted(documents, key=lambda told: str(told["file"])),
    }
    return json.dumps(content, indent=2, sort_keys=True, ensure_ascii=False, allow_nan=False) + "\n"


def text_of_set(
    config: Config,
    dataset: Dataset,
    comparison: Comparison,
    files: Mapping[str, bytes],
    findings: Iterable[Finding],
) -> str:
    """Return the manifest of several areas side by side as JSON, keys sorted.

    Args:
        config: the project.
        dataset: the data it was built from.
        comparison: the areas, in the order of the pages.
        files: the documents by file name.
        findings: of the profiles and of the documents.
    """
    profiles = comparison.profiles
    first = profiles[0]
    sources = {source.id: source for profile in profiles for source in profile.sources}
    inputs = Inputs(config, dataset)
    content = {
        "format": FORMAT,
        "language": config.language,
        "comparison": {"slug": comparison.slug, "title": comparison.title,
                       "intro": comparison.intro, "gemeente": comparison.gemeente,
                       "left_out": list(comparison.left_out)},
        "areas": [{**_area(profile, dataset), "input": profile.input_hash} for profile in profiles],
        "edition": config.project.edition.model_dump(mode="json"),
        "config": {
            "hash": config.hash,
            "templates": inputs.templates,
            "style": config.style_of().id,
            "boundary_year": config.project.boundary_year,
        },
        "versions": dict(inputs.versions),
        "data": [_snapshot(snapshot, config) for snapshot in dataset.snapshots],
        "sources": [_plain(source) for source in sources.values()],
        "frameworks": {name: _framework(first, name) for name in first.frameworks},
        "reference": _reference(first),
        "findings": [_plain(finding) for finding in findings],
        "documents": [_document(name, body) for name, body in files.items()],
    }  # fmt: skip
    return json.dumps(content, indent=2, sort_keys=True, ensure_ascii=False, allow_nan=False) + "\n"


def _published(profile: Profile, config: Config) -> dict[str, Any]:
    from wijkprofiel.build.published import published
    from wijkprofiel.documents.desk import words_of  # it knows the charts: not before it is needed

    return published(profile, words_of(config)).model_dump(mode="json", exclude_defaults=True)


def _corrections(profile: Profile, config: Config, dataset: Dataset) -> list[dict[str, Any]]:
    """Return the known errors that were mended in what this area shows; of a survey no value."""
    own = profile.area
    codes = {area.code for area in (*own.parts, *own.gemeenten, profile.country)}
    codes |= {code for found in _formerly(profile, dataset).values() for code in found}
    codes |= set(config.project.country.values())
    return [_correction(item, config) for item in dataset.corrections if item.area in codes]


def _correction(item: Correction, config: Config) -> dict[str, Any]:
    told = item.model_dump(mode="json", exclude={"expect"})
    source = config.sources.get(item.source)
    return told | {"value": None} if source is not None and source.survey else told


def _formerly(profile: Profile, dataset: Dataset) -> dict[str, list[str]]:
    """Return per part the other areas that it was, or was made of, in an earlier division."""
    before = _before(Same(dataset.crosswalk))
    codes = sorted({part.code for part in profile.area.parts})
    return {code: list(before[code]) for code in codes if code in before}


@lru_cache(maxsize=4)
def _before(crosswalk: Same) -> dict[str, list[str]]:
    """Return per area the others that it was, or was made of; a country's table is read once."""
    walk: pd.DataFrame = crosswalk.value
    found: dict[str, set[str]] = {}
    for area, other in zip(walk["area"].tolist(), walk["from_area"].tolist(), strict=True):
        if other and other != area:
            found.setdefault(area, set()).add(other)
    return {area: sorted(others) for area, others in found.items()}


def _area(profile: Profile, dataset: Dataset) -> dict[str, Any]:
    own = profile.area
    compared = own.gemeente or profile.country
    return {
        "slug": own.slug,
        "name": own.name,
        "parts": [_code(part) for part in own.parts],
        "gemeenten": [_code(gemeente) for gemeente in own.gemeenten],
        "comparator": _code(compared),
        "country": _code(profile.country),
        "boundary_matches": dict(own.matches),
        "formerly": _formerly(profile, dataset),
    }


def _code(area: Area) -> dict[str, Any]:
    return {"code": area.code, "name": area.name, "boundary_year": area.boundary_year}


def _snapshot(snapshot: Snapshot, config: Config) -> dict[str, Any]:
    """Return what is told of a file; of a survey no checksum.

    Whoever knows most of a small table could find the rest by trying all tables until one fits.
    """
    told = _plain(snapshot)
    source = config.sources.get(snapshot.source)
    return told | {"sha256": None} if source is not None and source.survey else told


def _framework(profile: Profile, name: str) -> dict[str, Any]:
    result = profile.frameworks[name]
    keep = {
        "reference", "centre", "normalisation", "aggregation", "clip", "bands", "coverage",
        "testing", "sensitivity",
    }  # fmt: skip
    told = result.framework.model_dump(mode="json", include=keep)
    rules = {domain.id: _domain(domain) for domain in result.framework.domains}
    return {"period": result.period, **told, "domains": rules}


def _domain(domain: Domain) -> dict[str, Any]:
    """Return what a domain is scored on, without its texts."""
    kept = {"goalposts", "target"}
    return {
        "weight": domain.weight,
        "coverage": domain.coverage.model_dump(mode="json") if domain.coverage else None,
        "slots": {
            slot.id: {
                "weight": slot.weight,
                "indicators": {
                    item.id: item.model_dump(mode="json", include=kept, exclude_none=True)
                    for item in slot.indicators
                },
            }
            for slot in domain.slots
        },
    }


def _reference(profile: Profile) -> dict[str, Any]:
    topics = {i: _stats(t.reference) for i, t in profile.topics.items() if t.reference is not None}
    domains = {
        name: {
            score.domain.id: _stats(score.reference)
            for score in result.domains
            if score.reference is not None
        }
        for name, result in profile.frameworks.items()
    }
    return {"indicators": topics, "domains": domains, "from_table": profile.reference_partial}


def _stats(stats: ReferenceStats) -> dict[str, Any]:
    borders = [stats.percentiles[p] for p in (20, 40, 60, 80) if p in stats.percentiles]
    return {
        "period": stats.period,
        "n": stats.n,
        "mean": stats.mean,
        "sd": stats.sd,
        "minimum": stats.minimum,
        "maximum": stats.maximum,
        "quintile_borders": borders,
    }


def document(
    name: str, body: bytes, inputs: Hashes, findings: Iterable[Finding] = ()
) -> dict[str, Any]:
    """Return what the manifest tells of one document.

    Args:
        name: of the file.
        body: its content.
        inputs: what reached it, by kind.
        findings: of its check.
    """
    told = [_plain(finding) for finding in findings]
    return _document(name, body) | {"inputs": dict(inputs), "findings": told}


def _document(name: str, body: bytes) -> dict[str, Any]:
    return {
        "file": name,
        "sha256": hashlib.sha256(body).hexdigest(),
        "bytes": len(body),
        **({"pages": _pages(body)} if name.endswith(".pdf") else {}),
    }


def _pages(body: bytes) -> int:
    from wijkprofiel.render.pdfium import opened

    with opened(body) as document:
        return len(document)


def _plain(item: Any) -> dict[str, Any]:
    return {name: getattr(item, name) for name in item.__slots__}
