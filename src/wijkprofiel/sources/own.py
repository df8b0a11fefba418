"""The files of a GGD in a data folder: tables and microdata, against what the project knows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from wijkprofiel.errors import DataError, Problem
from wijkprofiel.model.declared import SourceTable
from wijkprofiel.sources import microdata, tables
from wijkprofiel.sources.gazetteer import Gazetteer
from wijkprofiel.sources.microdata import SurveyFigures
from wijkprofiel.sources.sidecar import Sidecar
from wijkprofiel.sources.tables import Expected, Traced
from wijkprofiel.tables import INDICATOR_KEY

if TYPE_CHECKING:
    import pandas as pd

    from wijkprofiel.config import Config

_SHOWN = 20
"""Figures told that stand in two files."""

OwnFile = tuple[str, bytes, Sidecar]
"""Name as printed, content, sidecar."""


def read(
    config: Config, source: SourceTable, files: Sequence[OwnFile], areas: pd.DataFrame
) -> list[SurveyFigures]:
    """Return the figures of a GGD's own files of one source table.

    Args:
        config: the project's.
        source: the table that the files belong to.
        files: those of kind ``figures`` (a table, read by its ``layout``) and ``microdata`` (a row
            per person, read by its ``survey``).
        areas: AreaTable.

    Raises:
        DataError: the problems of all files at once.
    """
    found: dict[str, SurveyFigures] = {}
    problems: list[Problem] = []
    for file in files:
        try:
            found[file[0]] = _one(config, source, file, areas)
        except DataError as failure:
            problems += failure.problems
    problems += _in_two_files(found)
    if problems:
        raise DataError.of(problems, "nothing read")
    return list(found.values())


def trace(config: Config, source: SourceTable, file: OwnFile, areas: pd.DataFrame) -> list[Traced]:
    """Return the figures of one table of a GGD, each with the cells that it was read from.

    Raises:
        DataError: the file cannot be read.
    """
    name, data, sidecar = file
    return tables.trace(data, sidecar.layout, _expected(config, source, sidecar, areas), name)


def _in_two_files(found: Mapping[str, SurveyFigures]) -> list[Problem]:
    first: dict[tuple[str, ...], str] = {}
    problems: list[Problem] = []
    for name, own in found.items():
        for key in own.figures[INDICATOR_KEY].itertuples(index=False, name=None):
            if (other := first.setdefault(key, name)) != name:
                message = f"{', '.join(key)} stands in {other} too"
                problems.append(Problem(name, message, "keep one of the two"))
    return problems[:_SHOWN]


def _one(config: Config, source: SourceTable, file: OwnFile, areas: pd.DataFrame) -> SurveyFigures:
    import pandas as pd

    name, data, sidecar = file
    expected = _expected(config, source, sidecar, areas)
    if sidecar.kind == "figures":
        figures = tables.read(data, sidecar.layout, expected, name)
        if source.survey and figures["n"].isna().all():
            raise DataError(
                f"'{source.id}' is a survey, but no n is read: every figure would be withheld",
                "name the column with the number of people asked: layout: n",
                where=name,
            )
        return SurveyFigures(figures, pd.DataFrame(columns=list(microdata.CELL_COLUMNS)))
    if not source.survey:
        raise DataError(
            f"holds answers of people, but the source '{source.id}' is no survey: "
            "small numbers would not be withheld",
            f"write 'survey: true' in the config of {source.id}",
            where=name,
        )
    return microdata.read(data, sidecar.survey, expected, name)


def _expected(
    config: Config, source: SourceTable, sidecar: Sidecar, areas: pd.DataFrame
) -> Expected:
    name = config.project.editions.get(source.id) or sidecar.table
    edition = next((e for e in source.editions if e.table == name), None)
    year = sidecar.division or (edition.division if edition else config.project.boundary_year)
    return Expected(
        source=source.id,
        indicators=config.indicators,
        areas=Gazetteer.of(areas, year, config.project.gemeenten),
        edition=name,
        periods=frozenset(sidecar.periods or (edition.periods if edition else ())),
    )
