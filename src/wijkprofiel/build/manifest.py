"""What an area was built from: enough to explain every number, and no clock.

One ``manifest.json`` beside the documents of each area. Two builds of the same files with the
same versions give the same bytes. It holds no figure of the area itself, so nothing that
disclosure control took away.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from importlib.metadata import version
from pathlib import Path
from platform import python_version
from typing import Any

from wijkprofiel.assets import Assets
from wijkprofiel.config import Config
from wijkprofiel.model import Area, Comparison, Finding, Profile, ReferenceStats, Snapshot
from wijkprofiel.sources.dataset import Dataset

NAME = "manifest.json"
LIBRARIES = (
    "Babel", "fonttools", "geopandas", "jinja2", "matplotlib", "pandas", "pydyf", "pyyaml",
    "weasyprint", "wijkprofiel",
)  # fmt: skip
"""Packages whose version can change what comes out."""


def text(
    config: Config,
    dataset: Dataset,
    profile: Profile,
    files: Mapping[str, bytes],
    findings: Iterable[Finding],
) -> str:
    """Return the manifest of one area as JSON, keys sorted.

    Args:
        config: the project.
        dataset: the data it was built from.
        profile: the area.
        files: the documents by file name.
        findings: of the profile and of the documents.
    """
    content = {
        "area": _area(profile),
        "edition": profile.edition.model_dump(mode="json"),
        "input": profile.input_hash,
        "config": {
            "hash": config.hash,
            "templates": _templates_hash(config.assets),
            "style": config.style_of(profile.people).id,
            "boundary_year": config.project.boundary_year,
        },
        "versions": {"python": python_version(), **{name: version(name) for name in LIBRARIES}},
        "data": [_snapshot(snapshot, config) for snapshot in dataset.snapshots],
        "sources": [_plain(source) for source in profile.sources],
        "frameworks": {name: _framework(profile, name) for name in profile.frameworks},
        "reference": _reference(profile),
        "findings": [_plain(finding) for finding in findings],
        "documents": [_document(name, body) for name, body in files.items()],
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
    content = {
        "comparison": {"slug": comparison.slug, "title": comparison.title,
                       "left_out": list(comparison.left_out)},
        "areas": [{**_area(profile), "input": profile.input_hash} for profile in profiles],
        "edition": config.project.edition.model_dump(mode="json"),
        "config": {
            "hash": config.hash,
            "templates": _templates_hash(config.assets),
            "style": config.style_of().id,
            "boundary_year": config.project.boundary_year,
        },
        "versions": {"python": python_version(), **{name: version(name) for name in LIBRARIES}},
        "data": [_snapshot(snapshot, config) for snapshot in dataset.snapshots],
        "sources": [_plain(source) for source in sources.values()],
        "frameworks": {name: _framework(first, name) for name in first.frameworks},
        "reference": _reference(first),
        "findings": [_plain(finding) for finding in findings],
        "documents": [_document(name, body) for name, body in files.items()],
    }  # fmt: skip
    return json.dumps(content, indent=2, sort_keys=True, ensure_ascii=False, allow_nan=False) + "\n"


def _area(profile: Profile) -> dict[str, Any]:
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
    return {"period": result.period, **result.framework.model_dump(mode="json", include=keep)}


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


def _document(name: str, body: bytes) -> dict[str, Any]:
    return {
        "file": name,
        "sha256": hashlib.sha256(body).hexdigest(),
        "bytes": len(body),
        **({"pages": _pages(body)} if name.endswith(".pdf") else {}),
    }


def _pages(body: bytes) -> int:
    import pypdfium2

    document = pypdfium2.PdfDocument(body)
    try:
        return len(document)
    finally:
        document.close()


def _plain(item: Any) -> dict[str, Any]:
    return {name: getattr(item, name) for name in item.__slots__}


def _templates_hash(assets: Assets) -> str:
    files: dict[str, Path] = {}
    for folder in reversed(assets.folders("templates")):
        found = (path for path in folder.rglob("*") if path.is_file())
        files |= {path.relative_to(folder).as_posix(): path for path in found}
    digest = hashlib.sha256()
    for name, path in sorted(files.items()):
        digest.update(f"{name} {hashlib.sha256(path.read_bytes()).hexdigest()}\n".encode())
    return digest.hexdigest()
