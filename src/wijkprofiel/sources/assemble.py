"""Verified files to the tables of one dataset."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from wijkprofiel.errors import DataError, Problem, SourceError
from wijkprofiel.model.computed import Finding, Level, Severity
from wijkprofiel.model.declared import SourceTable
from wijkprofiel.sources import boundaries, crosswalk, derived, reference, statline, tables
from wijkprofiel.sources.contract import (
    admit_areas,
    admit_crosswalk,
    admit_figures,
    admit_reference,
)
from wijkprofiel.sources.sidecar import Kind, Sidecar
from wijkprofiel.tables import (
    AREA_COLUMNS,
    CROSSWALK_COLUMNS,
    INDICATOR_COLUMNS,
    REFERENCE_COLUMNS,
)

if TYPE_CHECKING:
    import pandas as pd

    from wijkprofiel.config import Config


@dataclass(frozen=True, slots=True)
class DataFile:
    """A data file, verified against its sidecar.

    Attributes:
        name: path below the data folder, as it is printed.
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
        names = _of(files, source, "names")
        found = statline.read_areas(
            [file.data for file in bodies[: None if names else 1]],
            names[0].data if names else None,
            boundary_year=year,
            where=bodies[0].name,
        )
        return [found if names else found[found["level"] == Level.LAND.value]]

    areas = _joined(_each(config, of_one), AREA_COLUMNS)
    full = _full_names(files)
    renamed = [
        full.get((code, int(year)), name)
        for code, year, name in zip(
            areas["code"], areas["boundary_year"], areas["name"], strict=True
        )
    ]
    return admit_areas(areas.assign(name=renamed), "areas", strict=strict)


def figure_table(
    config: Config, files: Sequence[DataFile], areas: pd.DataFrame, *, strict: bool = False
) -> pd.DataFrame:
    """Return the figures of all sources, derived indicators included.

    Raises:
        DataError: the problems of all sources at once.
    """

    def of_one(source: SourceTable) -> list[pd.DataFrame]:
        bodies = _of(files, source, "figures")
        if not bodies:
            return []
        if source.kind == "odata-v3":
            return [_odata(config, source, files, bodies)]
        known = set(areas["code"])
        return [
            tables.read(
                file.data,
                file.sidecar.layout,
                source=source.id,
                indicators=config.indicators,
                known_areas=known,
                where=file.name,
            )
            for file in bodies
        ]

    figures = _joined(_each(config, of_one), INDICATOR_COLUMNS)
    admit_figures(figures, "figures")
    return admit_figures(derived.add(figures, config.indicators), "figures", strict=strict)


def reference_table(
    config: Config, files: Sequence[DataFile], *, strict: bool = False
) -> tuple[pd.DataFrame, tuple[Finding, ...]]:
    """Return the ReferenceTable (empty without a file), and a warning when it is out of date.

    Raises:
        DataError: a file is no such table.
    """
    found = [file for file in files if file.sidecar.kind == "reference"]
    table = _joined([reference.read(file.data, file.name) for file in found], REFERENCE_COLUMNS)
    expected = reference.fingerprint(config.frameworks, config.indicators)
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
    config: Config, figures: pd.DataFrame, walk: pd.DataFrame
) -> tuple[pd.DataFrame, pd.DataFrame, tuple[Finding, ...]]:
    """Return :func:`wijkprofiel.sources.crosswalk.link` of the project's editions."""
    divisions = {source.id: _division(config, source) for source in config.sources.values()}
    known = {name: year for name, year in divisions.items() if year is not None}
    return crosswalk.link(figures, walk, known, config.project.boundary_year)


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
    properties = _of(files, source, "properties")
    first, *rest = (file.name for file in bodies)
    figures = statline.read_figures(
        [file.data for file in bodies],
        properties[0].data if properties else None,
        table=source,
        edition=_edition(config, source, bodies),
        indicators=config.indicators,
        where=f"{first} and {len(rest)} more" if rest else first,
    )
    return admit_figures(figures, first)


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
        return pd.DataFrame(columns=list(columns))
    return pd.concat(parts, ignore_index=True)[list(columns)]
