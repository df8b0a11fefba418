"""StatLine tables of CBS and RIVM, as their OData v3 services serve them.

Untyped rows are text padded with spaces, where a lone point is a figure that is unknown or kept
secret and an empty cell was not measured in that period; typed rows have numbers and null. The
three rows of a margin (value, lower, upper) become three columns of one row.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import TYPE_CHECKING

from wijkprofiel.errors import DataError, Problem, SourceError
from wijkprofiel.model.computed import Level
from wijkprofiel.model.declared import Edition, Indicator, SourceKey, SourceTable
from wijkprofiel.sources import odata
from wijkprofiel.sources.cells import VALUE, Key, LongTable, number
from wijkprofiel.sources.names import is_land, level_of, parent_of, plain_name
from wijkprofiel.sources.odata import plain_key
from wijkprofiel.tables import AREA_COLUMNS

if TYPE_CHECKING:
    import pandas as pd

REGIONS = ("WijkenEnBuurten", "RegioS")
PERIODS = "Perioden"
MARGINS = "Marges"
POPULATION = "AantalInwoners"
GEMEENTE = "Gemeentenaam"
"""Names that the protocol gives to its dimensions, to inhabitants and to the gemeente."""


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
    declared = _edition(table, edition, where)
    described = odata.topics(properties, where) if properties else ()
    gathered = LongTable(table.id, where, {str(k): v for k, v in table.margins.items()})
    selected = False
    for page in odata.each_page(bodies, where):
        columns = _bind(table, edition, indicators, described, _present(page), where)
        rows = _select(page, table.filters, where)
        selected = selected or bool(rows)
        for kind, keys, found in _kinds(rows, table, declared, where):
            gathered.add(kind, keys, found, columns)
    if not selected:
        told = ", ".join(f"{dimension} {value}" for dimension, value in table.filters.items())
        raise SourceError(f"no row has {told}", "look at 'filters'", where=where)
    return gathered.table(list(indicators))


def read_areas(
    bodies: Sequence[bytes], names: Sequence[bytes], *, boundary_year: int, where: str
) -> pd.DataFrame:
    """Return the areas of a table as an AreaTable, water and buitenland left out.

    Args:
        bodies: the pages of a TypedDataSet or UntypedDataSet.
        names: the pages of the region dimension (Key, Title); without them gemeenten and land
            have the name that the rows carry, and other areas their code.
        boundary_year: division that the codes belong to.
        where: the file it came from, for errors.

    Raises:
        SourceError: no such answer, or a region without a code.
    """
    import pandas as pd

    rows = {_region(row, where): row for page in odata.each_page(bodies, where) for row in page}
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
            "population": number(row.get(people))[0],
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
    return list(dict.fromkeys(chain.from_iterable(rows)))


def _select(
    rows: Sequence[odata.Row], filters: Mapping[str, str], where: str
) -> Sequence[odata.Row]:
    for dimension, value in filters.items():
        if not any(dimension in row for row in rows[:1]):
            known = ", ".join(_present(rows)[:20])
            raise SourceError(f"has no dimension '{dimension}'", f"it has {known}", where=where)
        rows = [row for row in rows if str(row.get(dimension, "")).strip() == value]
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


def _kinds(
    rows: Iterable[odata.Row], table: SourceTable, edition: Edition, where: str
) -> Iterator[tuple[str, list[Key], list[odata.Row]]]:
    """Yield the rows with values, and those with limits, with their areas and periods.

    Buitenland is left out, and so are margins that the source table does not name. Doubled rows
    of values stay: the contract of the table names them.
    """
    kinds = {code: kind for kind, code in table.margins.items()}
    found: dict[str, tuple[list[Key], list[odata.Row]]] = {}
    for row in rows:
        area = _region(row, where)
        margin = str(row[MARGINS]).strip() if MARGINS in row and kinds else ""
        kind = kinds.get(margin) if margin else VALUE
        if kind is not None and is_land(area):
            keys, own = found.setdefault(kind, ([], []))
            keys.append((area, _period(row, edition, where)))
            own.append(row)
    for kind, (keys, own) in found.items():
        yield kind, keys, own


def _names(rows: Mapping[str, odata.Row], names: Sequence[bytes], where: str) -> dict[str, str]:
    if names:
        told = (row for page in odata.each_page(names, where) for row in page)
        try:
            return {row["Key"].strip(): row["Title"].strip() for row in told}
        except KeyError as missing:
            raise SourceError(f"the names have no column {missing}", where=where) from missing
    return {
        code: str(row[key]).strip()
        for code, row in rows.items()
        for key in row
        if code.startswith(("NL", "GM")) and plain_key(key) == GEMEENTE
    }
