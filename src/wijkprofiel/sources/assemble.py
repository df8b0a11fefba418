"""Verified files to the tables of one dataset."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from wijkprofiel.errors import DataError, Problem, SourceError
from wijkprofiel.model.computed import Finding, Level, Severity
from wijkprofiel.model.corrections import Correction
from wijkprofiel.model.declared import SourceTable
from wijkprofiel.sources import (
    areal,
    boundaries,
    convert,
    corrections,
    crosswalk,
    derived,
    divisions,
    microdata,
    own,
    reference,
    regional,
    statline,
)
from wijkprofiel.sources.contract import (
    admit_areas,
    admit_crosswalk,
    admit_figures,
    admit_reference,
)
from wijkprofiel.sources.divisions import Linked, Overlap, Setting
from wijkprofiel.sources.sidecar import Kind, Sidecar
from wijkprofiel.tables import (
    AREA_COLUMNS,
    CROSSWALK_COLUMNS,
    INDICATOR_COLUMNS,
    REFERENCE_COLUMNS,
)

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd

    from wijkprofiel.config import Config


_TEXT = frozenset(
    (*AREA_COLUMNS[:4], *REFERENCE_COLUMNS[:4], "area", "indicator", "status", "source", "basis")
)
"""Columns of text in the tables: so that an empty table has the types of a full one."""


@dataclass(frozen=True, slots=True)
class DataFile:
    """A data file, verified against its sidecar.

    Attributes:
        name: path below the data folder, as it is printed.
        data: its bytes; empty for outlines, which are read from the path.
    """

    path: Path
    name: str
    data: bytes
    sidecar: Sidecar


def area_table(config: Config, files: Sequence[DataFile], *, strict: bool = False) -> pd.DataFrame:
    """Return the areas of every odata table that names them, with their full names.

    A table without names (its region dimension is not at hand) adds only its country.

    Raises:
        DataError: the problems of all tables at once.
    """

    def of_one(source: SourceTable) -> list[pd.DataFrame]:
        bodies = _of(files, source, "figures")
        year = _division(config, source)
        if source.kind != "odata-v3" or not bodies or year is None:
            return []
        if book := _workbook(bodies):
            return [regional.read_areas(book.data, source, boundary_year=year, where=book.name)]
        names = _of(files, source, "names")
        found = statline.read_areas(
            [file.data for file in bodies[: None if names else 1]],
            [file.data for file in names],
            boundary_year=year,
            where=bodies[0].name,
        )
        return [found if names else found[found["level"] == Level.LAND.value]]

    import pandas as pd

    areas = _once(_joined(_each(config, of_one), AREA_COLUMNS))
    full = _full_names(files)
    renamed = [
        full.get((code, int(year)), name)
        for code, year, name in zip(
            areas["code"], areas["boundary_year"], areas["name"], strict=True
        )
    ]
    names = pd.Series(renamed, index=areas.index, dtype="str")
    return admit_areas(areas.assign(name=names), "areas", strict=strict)


def figure_table(
    config: Config, files: Sequence[DataFile], areas: pd.DataFrame, *, strict: bool = False
) -> tuple[pd.DataFrame, pd.DataFrame, tuple[Correction, ...]]:
    """Return the figures of all sources, the cells of surveys, and what was corrected.

    Derived indicators are included. The cells
    (:data:`wijkprofiel.sources.microdata.CELL_COLUMNS`) are for disclosure control only.

    Raises:
        DataError: the problems of all sources at once; a correction of what is repaired.
    """
    editions: dict[str, str] = {}
    cells: list[pd.DataFrame] = []

    def of_one(source: SourceTable) -> list[pd.DataFrame]:
        bodies = _of(files, source, "figures")
        if bodies:
            editions[source.id] = _edition(config, source, bodies)
        if source.kind == "odata-v3":
            return [_odata(config, source, files, bodies)] if bodies else []
        bodies += _of(files, source, "microdata")
        bodies.sort(key=lambda file: file.name)
        given = [(file.name, file.data, file.sidecar) for file in bodies]
        found = own.read(config, source, given, areas)
        cells.extend(one.cells for one in found)
        return [one.figures for one in found]

    figures = _joined(_each(config, of_one), INDICATOR_COLUMNS)
    figures = admit_figures(figures, "figures")
    figures, applied = corrections.apply(figures, config.corrections, editions)
    figures = admit_figures(derived.add(figures, config.indicators), "figures", strict=strict)
    return figures, _joined(cells, microdata.CELL_COLUMNS), applied


def reference_table(
    config: Config, files: Sequence[DataFile], *, strict: bool = False
) -> tuple[pd.DataFrame, tuple[Finding, ...]]:
    """Return the ReferenceTable (empty without a file), and a warning when it is out of date.

    Raises:
        DataError: a file is no such table.
    """
    found = [file for file in files if file.sidecar.kind == "reference"]
    expected = reference.fingerprint(config.frameworks, config.indicators)
    tables = [reference.read(file.data, file.name) for file in found]
    for place, file in enumerate(found):
        if file.sidecar.made_with != expected:
            tables[place] = reference.on_the_same_scale(tables[place], config.frameworks)
    table = _joined(tables, REFERENCE_COLUMNS)
    stale = tuple(
        Finding(
            "reference-out-of-date",
            Severity.WARNING,
            file.name,
            "was made with other frameworks than the project's: slots or domains may differ",
            "make it again from the figures of the whole country",
        )
        for file in found
        if file.sidecar.made_with not in {"", expected}
    )
    if found:
        table = admit_reference(table, found[0].name, strict=strict)
    return table, stale


def crosswalk_table(files: Sequence[DataFile], *, strict: bool = False) -> pd.DataFrame:
    """Return the CrosswalkTable, empty without a file.

    Raises:
        DataError: a file is no such table.
    """
    found = [file for file in files if file.sidecar.kind == "crosswalk"]
    table = _joined([crosswalk.read(file.data, file.name) for file in found], CROSSWALK_COLUMNS)
    return admit_crosswalk(table, found[0].name, strict=strict) if found else table


def linked(
    config: Config,
    files: Sequence[DataFile],
    figures: pd.DataFrame,
    walk: pd.DataFrame,
    areas: pd.DataFrame,
) -> Linked:
    """Return :func:`wijkprofiel.sources.divisions.link` of the project's editions.

    Args:
        config: the project.
        files: all that the folder has, also outlines of a division that is not shown.
        figures: IndicatorTable.
        walk: CrosswalkTable.
        areas: AreaTable.

    Raises:
        ConfigError: the project interpolates by surface, and ``tobler`` is not installed.
    """
    found = {source.id: _division(config, source) for source in config.sources.values()}
    setting = Setting(
        walk=walk,
        areas=areas,
        indicators=config.indicators,
        divisions={name: year for name, year in found.items() if year is not None},
        year=config.project.boundary_year,
        surveys=frozenset(name for name, source in config.sources.items() if source.survey),
        overlap=overlap(config, files) if config.project.interpolate else None,
    )
    return divisions.link(figures, setting)


def overlap(config: Config, files: Sequence[DataFile]) -> Overlap:
    """Return what works out the pieces of areas by surface, from the outlines of two years."""

    def pieces(division: int, codes: Collection[str]) -> pd.DataFrame:
        level = Level.GEMEENTE if min(codes).startswith("GM") else Level.WIJK
        before = _outlines(files, level, division)
        now = _outlines(files, level, config.project.boundary_year)
        if before is None or now is None:
            return _joined([], convert.PIECES)
        return areal.pieces(before, now, codes)

    return pieces


def _outlines(files: Sequence[DataFile], level: Level, division: int) -> gpd.GeoDataFrame | None:
    for file in files:
        if file.sidecar.kind == "outlines" and file.sidecar.division == division:
            present = boundaries.layers(file.path, file.name)
            if any(name.startswith(boundaries.LAYERS[level]) for name in present):
                return boundaries.read(file.path, level=level, year=division, where=file.name)[0]
    return None


def has_margins(figures: pd.DataFrame, source: str) -> bool:
    """Return whether any figure of ``source`` has an interval."""
    return bool(figures.loc[figures["source"] == source, "lower"].notna().any())


def _each(
    config: Config, of_one: Callable[[SourceTable], list[pd.DataFrame]]
) -> list[pd.DataFrame]:
    """Return what ``of_one`` reads of every source; problems of all sources at once."""
    read: list[pd.DataFrame] = []
    problems: list[Problem] = []
    for source in config.sources.values():
        try:
            read += of_one(source)
        except (DataError, SourceError) as failure:
            problems += failure.problems
    if problems:
        raise DataError.of(problems, "nothing read")
    return read


def _odata(
    config: Config, source: SourceTable, files: Sequence[DataFile], bodies: Sequence[DataFile]
) -> pd.DataFrame:
    edition = _edition(config, source, bodies)
    if book := _workbook(bodies):
        found = regional.read_figures(book.data, source, edition, config.indicators, book.name)
        return admit_figures(found, book.name)
    properties = _of(files, source, "properties")
    first, *rest = (file.name for file in bodies)
    figures = statline.read_figures(
        [file.data for file in bodies],
        properties[0].data if properties else None,
        table=source,
        edition=edition,
        indicators=config.indicators,
        where=f"{first} and {len(rest)} more" if rest else first,
    )
    return admit_figures(figures, first)


def _workbook(bodies: Sequence[DataFile]) -> DataFile | None:
    """Return the workbook with the figures of a table, where that was fetched instead."""
    return next((file for file in bodies if file.path.suffix == ".xlsx"), None)


def _once(areas: pd.DataFrame) -> pd.DataFrame:
    """Return each area once where two tables name it: with its population, if one knows it."""
    known_first = areas.sort_values("population", na_position="last", kind="stable")
    return known_first.drop_duplicates(["code", "boundary_year"]).sort_index(ignore_index=True)


def _of(files: Sequence[DataFile], source: SourceTable, kind: Kind) -> list[DataFile]:
    return [f for f in files if f.sidecar.source == source.id and f.sidecar.kind == kind]


def _edition(config: Config, source: SourceTable, bodies: Sequence[DataFile]) -> str:
    return config.project.editions.get(source.id) or bodies[0].sidecar.table


def _division(config: Config, source: SourceTable) -> int | None:
    edition = config.project.editions.get(source.id)
    return next((e.division for e in source.editions if e.table == edition), None)


def _full_names(files: Sequence[DataFile]) -> dict[tuple[str, int], str]:
    """Return the names of the files with outlines: those of the tables are cut off."""
    full: dict[tuple[str, int], str] = {}
    for file in files:
        year = file.sidecar.division
        if file.sidecar.kind != "outlines" or year is None:
            continue
        for level, layer in boundaries.LAYERS.items():
            if layer in boundaries.layers(file.path, file.name):
                names = boundaries.read_names(file.path, level=level, where=file.name)
                full.update({(code, year): name for code, name in names.items()})
    return full


def _joined(parts: Sequence[pd.DataFrame], columns: Sequence[str]) -> pd.DataFrame:
    import pandas as pd

    parts = [part for part in parts if not part.empty]
    if not parts:
        kinds = {name: "str" if name in _TEXT else "object" for name in columns}
        return pd.DataFrame({name: pd.Series(dtype=kind) for name, kind in kinds.items()})
    return pd.concat(parts, ignore_index=True)[list(columns)]
