"""StatLine tables of CBS and RIVM, as their OData v3 services serve them.

Untyped rows are text padded with spaces, where a lone point is a figure that is unknown or kept
secret and an empty cell was not measured in that period; typed rows have numbers and null. The
three rows of a margin (value, lower, upper) become three columns of one row.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from wijkprofiel.errors import DataError, Problem, SourceError
from wijkprofiel.model.computed import Level, Status
from wijkprofiel.model.declared import Edition, Indicator, SourceKey, SourceTable
from wijkprofiel.sources import odata
from wijkprofiel.sources.names import is_land, level_of, parent_of, plain_name
from wijkprofiel.sources.odata import plain_key
from wijkprofiel.tables import AREA_COLUMNS, INDICATOR_COLUMNS

if TYPE_CHECKING:
    import pandas as pd

REGIONS = ("WijkenEnBuurten", "RegioS")
PERIODS = "Perioden"
MARGINS = "Marges"
POPULATION = "AantalInwoners"
GEMEENTE = "Gemeentenaam"
"""Names that the protocol gives to its dimensions, to inhabitants and to the gemeente."""

_OK, _UNKNOWN, _NOT_MEASURED = (
    status.value for status in (Status.OK, Status.UNKNOWN, Status.NOT_MEASURED)
)
_MISSING = {"": _NOT_MEASURED, ".": _UNKNOWN}
_MOST = 50
"""Problems told of one table; a table with more has one cause."""


def read_figures(
    bodies: Sequence[bytes],
    properties: bytes | None,
    *,
    table: SourceTable,
    edition: str,
    indicators: Mapping[str, Indicator],
    where: str,
) -> pd.DataFrame:
    """Return the figures of one table as an IndicatorTable.

    Args:
        bodies: the pages of a TypedDataSet or UntypedDataSet, gzipped or not.
        properties: the table's DataProperties; without it the rows' own keys are the topics.
        table: the source; its filters and margins select rows.
        edition: table id of the edition these rows belong to.
        indicators: by id; those of other sources are left out.
        where: the file it came from, for errors.

    Returns:
        One row per area, indicator and period. A topic that the edition does not name, or that
        these rows do not carry, has no rows.

    Raises:
        SourceError: no such answer; unknown or ambiguous topics, all at once.
        DataError: a cell that is no number.
    """
    found = odata.pages(bodies, where)
    declared = _edition(table, edition, where)
    described = odata.topics(properties, where) if properties else ()
    columns = _bind(table, edition, indicators, described, _present(found), where)
    rows = _select(found, table.filters, where)
    return _long(_margins(rows, table, declared, where), columns, table.id, where)


def read_areas(
    bodies: Sequence[bytes], names: bytes | None, *, boundary_year: int, where: str
) -> pd.DataFrame:
    """Return the areas of a table as an AreaTable, water and buitenland left out.

    Args:
        bodies: the pages of a TypedDataSet or UntypedDataSet.
        names: the answer of the region dimension (Key, Title); without it gemeenten and land
            have the name that the rows carry, and other areas their code.
        boundary_year: division that the codes belong to.
        where: the file it came from, for errors.

    Raises:
        SourceError: no such answer, or a region without a code.
    """
    import pandas as pd

    rows = {_region(row, where): row for row in odata.pages(bodies, where)}
    levels = {code: level_of(code) for code in rows}
    if strange := sorted(code for code, level in levels.items() if level is None):
        raise DataError(f"no CBS code: {', '.join(strange[:5])}", where=where)
    country = next((code for code, level in levels.items() if level is Level.LAND), "")
    known = _names(rows, names, where)
    people = next((key for key in _present(rows.values()) if plain_key(key) == POPULATION), "")
    table = [
        {
            "code": code,
            "name": plain_name(known.get(code) or code),
            "level": str(levels[code]),
            "parent": parent_of(code, country),
            "boundary_year": boundary_year,
            "population": _number(row.get(people))[0],
        }
        for code, row in rows.items()
        if is_land(code, known.get(code, ""))
    ]
    return pd.DataFrame(table, columns=list(AREA_COLUMNS))


def keys_of(indicator: Indicator, table: str, edition: str) -> Iterable[tuple[str, SourceKey]]:
    """Yield the supplier's names of ``indicator`` in one edition of a source table."""
    for source in indicator.sources:
        if source.table == table:
            name = source.keys.get(edition, source.keys.get("all"))
            if name is not None:
                yield name, source


def _edition(table: SourceTable, edition: str, where: str) -> Edition:
    for declared in table.editions:
        if declared.table == edition:
            return declared
    known = ", ".join(e.table for e in table.editions)
    raise SourceError(f"'{edition}' is no edition of {table.id}", f"known: {known}", where=where)


def _bind(
    table: SourceTable,
    edition: str,
    indicators: Mapping[str, Indicator],
    described: Sequence[odata.Topic],
    present: Iterable[str],
    where: str,
) -> dict[str, str]:
    """Return indicator id → column, for the topics that these rows carry."""
    columns: dict[str, str] = {}
    problems: list[Problem] = []
    for indicator in indicators.values():
        for name, source in keys_of(indicator, table.id, edition):
            column = odata.find(name, source.group, described, present, f"{where} {indicator.id}")
            if isinstance(column, Problem):
                problems.append(column)
            elif column is not None:
                columns[indicator.id] = column
    if problems:
        raise SourceError.of(problems, "nothing read")
    return columns


def _present(rows: Iterable[odata.Row]) -> list[str]:
    """Return the columns that any of the rows has, in order."""
    return list(dict.fromkeys(key for row in rows for key in row))


def _select(
    rows: Sequence[odata.Row], filters: Mapping[str, str], where: str
) -> Sequence[odata.Row]:
    for dimension, value in filters.items():
        if not any(dimension in row for row in rows):
            known = ", ".join(_present(rows)[:20])
            raise SourceError(f"has no dimension '{dimension}'", f"it has {known}", where=where)
        rows = [row for row in rows if str(row.get(dimension, "")).strip() == value]
        if not rows:
            raise SourceError(f"no row has {dimension} {value}", "look at 'filters'", where=where)
    return rows


def _region(row: odata.Row, where: str) -> str:
    for name in REGIONS:
        if name in row:
            return str(row[name]).strip()
    raise SourceError(f"has no column of areas ({' or '.join(REGIONS)})", where=where)


def _period(row: odata.Row, edition: Edition, where: str) -> str:
    if PERIODS in row:
        return str(row[PERIODS]).strip()[:4]
    if len(edition.periods) == 1:
        return edition.periods[0]
    raise SourceError(
        f"has no column '{PERIODS}', and edition {edition.table} holds several periods",
        where=where,
    )


@dataclass(frozen=True, slots=True)
class _Record:
    """One area and period: the row with the values, and those with the limits."""

    area: str
    period: str
    value: odata.Row
    lower: odata.Row
    upper: odata.Row


def _margins(
    rows: Iterable[odata.Row], table: SourceTable, edition: Edition, where: str
) -> list[_Record]:
    """Put the rows of one area and period together; buitenland is left out.

    Doubled rows of values stay: the contract of the table names them.
    """
    values: list[tuple[str, str, odata.Row]] = []
    limits: dict[tuple[str, str, str], odata.Row] = {}
    kinds = {code: kind for kind, code in table.margins.items()}
    for row in rows:
        area, period = _region(row, where), _period(row, edition, where)
        margin = str(row[MARGINS]).strip() if MARGINS in row and kinds else ""
        kind = kinds.get(margin) if margin else "value"
        if not is_land(area) or kind is None:
            continue
        if kind == "value":
            values.append((area, period, row))
        elif (area, period, kind) in limits:
            raise DataError(f"{area}, {period}: two rows of margin {margin}", where=where)
        else:
            limits[area, period, kind] = row
    return [
        _Record(
            area,
            period,
            row,
            limits.get((area, period, "lower"), {}),
            limits.get((area, period, "upper"), {}),
        )
        for area, period, row in values
    ]


def _long(
    records: Sequence[_Record], columns: Mapping[str, str], source: str, where: str
) -> pd.DataFrame:
    """Return one row per record and indicator."""
    import numpy as np
    import pandas as pd

    rows: dict[str, list[odata.Row]] = {
        "value": [record.value for record in records],
        "lower": [record.lower for record in records],
        "upper": [record.upper for record in records],
    }
    numbers: dict[str, list[float]] = {name: [] for name in rows}
    status: list[str] = []
    problems: list[Problem] = []
    for key in columns.values():
        for name, found in rows.items():
            told: list[str] = status if name == "value" else []
            if not any(found):  # a table without margins
                numbers[name] += [math.nan] * len(found)
                continue
            for index, wrong in _read_column(found, key, numbers[name], told):
                place = f"{records[index].area}, {records[index].period}"
                problems.append(Problem(f"{where} {key}", f"{place}: {wrong}"))
    if problems:
        raise DataError.of(problems[:_MOST], "nothing read")
    figures = pd.DataFrame(
        {
            "area": np.tile([record.area for record in records], len(columns)),
            "indicator": np.repeat(list(columns), len(records)),
            "period": np.tile([record.period for record in records], len(columns)),
            **numbers,
            "n": math.nan,
            "status": status,
            "source": source,
        }
    )
    return figures.astype(dict.fromkeys(("area", "indicator", "period"), "str"))[
        list(INDICATOR_COLUMNS)
    ]


def _read_column(
    rows: Sequence[odata.Row], key: str, numbers: list[float], status: list[str]
) -> Iterator[tuple[int, str]]:
    """Add the value and status of every cell of one column; yield the cells that have none."""
    for index, row in enumerate(rows):
        try:
            number, told = _number(row.get(key))
        except ValueError as wrong:
            yield index, str(wrong)
            continue
        numbers.append(number)
        status.append(told)


def _number(cell: object) -> tuple[float, str]:
    """Return value (NaN where there is none) and status of one cell.

    Raises:
        ValueError: the cell is neither a number nor a sign for a missing one.
    """
    if cell is None:
        return math.nan, _UNKNOWN
    if isinstance(cell, str | int | float):
        try:
            number = float(cell)
        except ValueError:
            sign = str(cell).strip()
            if sign in _MISSING:
                return math.nan, _MISSING[sign]
        else:
            if math.isfinite(number):
                return number, _OK
    raise ValueError(f"{cell!r} is no number")


def _names(rows: Mapping[str, odata.Row], names: bytes | None, where: str) -> dict[str, str]:
    if names is not None:
        try:
            return {r["Key"].strip(): r["Title"].strip() for r in odata.rows(names, where)}
        except KeyError as missing:
            raise SourceError(f"the names have no column {missing}", where=where) from missing
    return {
        code: str(row[key]).strip()
        for code, row in rows.items()
        for key in row
        if code.startswith(("NL", "GM")) and plain_key(key) == GEMEENTE
    }
