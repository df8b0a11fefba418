"""What a data folder holds, read and checked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from wijkprofiel.model.computed import Finding, Level, Snapshot, Source
from wijkprofiel.model.corrections import Correction
from wijkprofiel.sources import boundaries

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd


@dataclass(frozen=True, slots=True)
class Dataset:
    """All that a data folder holds for one project.

    Attributes:
        figures: IndicatorTable, all sources and periods, derived indicators included; of another
            division only what is linked or converted to the areas of the boundary year
            (:mod:`wijkprofiel.sources.divisions`).
        unlinked: IndicatorTable of the areas that it does not link: not to be shown, but they
            count among the reference areas of their own division.
        areas: AreaTable of every division that the folder names.
        reference: ReferenceTable; empty where the folder has none: it holds all reference areas
            itself.
        scenarios: ScenarioTable of the frameworks as they are; None where the folder has none.
        reference_partial: the reference numbers come from a file, because the folder does not
            hold all reference areas.
        crosswalk: CrosswalkTable; empty where the folder has none. Its status of an area whose
            figures were converted says how.
        snapshots: the files that were read.
        sources: by id, the tables that figures and outlines were read from.
        findings: what a person should know about the data.
        boundary_year: division of the outlines.
        outline_files: the file or files with outlines of that year.
        cells: of a survey's own answers what stands behind each figure
            (:data:`wijkprofiel.sources.microdata.CELL_COLUMNS`): for disclosure control only;
            None where there are none.
        corrections: known errors of suppliers that were mended in ``figures``.
        published: what earlier exports that are public say of surveys
            (:data:`wijkprofiel.sources.published.COLUMNS`); None where the project names none.
    """

    figures: pd.DataFrame
    unlinked: pd.DataFrame
    areas: pd.DataFrame
    reference: pd.DataFrame
    reference_partial: bool
    crosswalk: pd.DataFrame
    snapshots: tuple[Snapshot, ...]
    sources: Mapping[str, Source]
    findings: tuple[Finding, ...]
    boundary_year: int
    outline_files: tuple[Path, ...] = ()
    cells: pd.DataFrame | None = None
    corrections: tuple[Correction, ...] = ()
    published: pd.DataFrame | None = None
    scenarios: pd.DataFrame | None = None

    def outlines(self) -> gpd.GeoDataFrame:
        """Return the outlines of the boundary year: gemeenten and wijken, buurten if at hand.

        Columns of :data:`wijkprofiel.sources.boundaries.OUTLINE_COLUMNS`, EPSG:28992. Read at
        the first call and shared by all callers: not to be changed in place.

        Raises:
            DataError: a file is no sound file with outlines.
        """
        return self._outlines()[0]

    def outline_findings(self) -> tuple[Finding, ...]:
        """Return what was mended in the outlines.

        Raises:
            DataError: a file is no sound file with outlines.
        """
        return self._outlines()[1]

    def _outlines(self) -> tuple[gpd.GeoDataFrame, tuple[Finding, ...]]:
        contents = tuple(snapshot.sha256 for snapshot in self.snapshots)
        return _outlines(self.outline_files, self.boundary_year, contents)


@lru_cache(maxsize=4)
def _outlines(
    files: tuple[Path, ...],
    year: int,
    contents: tuple[str, ...],  # noqa: ARG001 - tells files of another content apart
) -> tuple[gpd.GeoDataFrame, tuple[Finding, ...]]:
    import geopandas as gpd
    import pandas as pd

    tables: list[gpd.GeoDataFrame] = []
    findings: list[Finding] = []
    for path in files:
        present = boundaries.layers(path, path.name)
        for level in (Level.GEMEENTE, Level.WIJK, Level.BUURT):
            if any(name.startswith(boundaries.LAYERS[level]) for name in present):
                table, mended = boundaries.read(path, level=level, year=year, where=path.name)
                tables.append(table)
                findings += mended
    if not tables:
        empty = gpd.GeoDataFrame(columns=list(boundaries.OUTLINE_COLUMNS), crs=boundaries.CRS)
        return empty, ()
    together = pd.concat(tables, ignore_index=True)
    return gpd.GeoDataFrame(together, crs=boundaries.CRS), tuple(findings)
