"""Reads the snapshot in use and the one that was brought, and says what is different."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from wijkprofiel.config import Config
from wijkprofiel.model.computed import Level
from wijkprofiel.sources import boundaries, odata, regional, statline
from wijkprofiel.sources.fetch import changes
from wijkprofiel.sources.fetch.changes import Changes
from wijkprofiel.sources.fetch.snapshots import Standing
from wijkprofiel.sources.fetch.target import Brought, Job

if TYPE_CHECKING:
    import pandas as pd


def between(config: Config, job: Job, there: Standing, brought: Brought) -> Changes:
    """Return what the snapshot that was brought changes.

    Raises:
        WijkprofielError: the new one cannot be read, for instance because a key was renamed: the
            candidates are told, and nothing is replaced.
    """
    table = job.target.edition.table
    names = (f"{table} {there.modified}".strip(), f"{table} {brought.modified}".strip())
    if names[0] == names[1]:
        names = (f"{names[0]} (in use)", f"{names[1]} (now)")
    own = {
        kind: [job.store.folder / piece.name for piece in brought.pieces if piece.kind == kind]
        for kind in ("figures", "properties", "outlines")
    }
    if job.target.source.kind != "odata-v3":
        old, new = _codes(there.paths("outlines")), _codes(own["outlines"])
        return changes.compare_codes(old, new, names=names)
    properties = (there.paths("properties"), own["properties"])
    return changes.compare(
        _figures(config, job, there.paths("figures"), properties[0]),
        _figures(config, job, own["figures"], properties[1]),
        names=names,
        keys=(_keys(properties[0]), _keys(properties[1])),
    )


def only_adds(found: Changes) -> bool:
    """Whether nothing that stands there goes or gets another value."""
    gone = (found.areas_gone, found.keys_gone, found.periods_gone)
    return not any((*gone, found.revised, found.lost))


def _figures(
    config: Config, job: Job, bodies: Sequence[Path], properties: Sequence[Path]
) -> pd.DataFrame:
    target = job.target
    if bodies and bodies[0].suffix == ".xlsx":
        return regional.read_figures(
            bodies[0].read_bytes(),
            target.source,
            target.edition.table,
            config.indicators,
            bodies[0].name,
        )
    return statline.read_figures(
        [path.read_bytes() for path in bodies],
        properties[0].read_bytes() if properties else None,
        table=job.target.source,
        edition=job.target.edition.table,
        indicators=config.indicators,
        where=job.target.name,
    )


def _keys(properties: Sequence[Path]) -> set[str]:
    return {
        topic.name for path in properties for topic in odata.topics(path.read_bytes(), path.name)
    }


def _codes(files: Sequence[Path]) -> set[str]:
    found: set[str] = set()
    for path in files:
        present = boundaries.layers(path, path.name)
        for level in (Level.GEMEENTE, Level.WIJK, Level.BUURT):
            if boundaries.LAYERS[level] in present:
                found |= set(boundaries.read_names(path, level=level, where=path.name))
    return found
