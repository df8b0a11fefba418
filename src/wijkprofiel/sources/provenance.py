"""From a figure back to the supplier's own cell: file, row, column, and what stands there.

The readers turn a country into columns of numbers and let go of the rows; here the files are read
once more, for the few figures that somebody asks about. A figure that disclosure control withholds
is not to be asked for: what stands in its cell is exactly what must not be told.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import TYPE_CHECKING

from wijkprofiel.model.declared import SourceTable
from wijkprofiel.sources import odata, own, regional, statline
from wijkprofiel.sources.assemble import DataFile
from wijkprofiel.sources.names import level_of

if TYPE_CHECKING:
    import pandas as pd

    from wijkprofiel.config import Config

IDENTITY = "ID"
"""Number that the protocol gives to a row, where it is served."""


@dataclass(frozen=True, slots=True, order=True)
class Wanted:
    """A figure as the supplier has it: in the division of the source, before any conversion."""

    source: str
    area: str
    indicator: str
    period: str


@dataclass(frozen=True, slots=True)
class RawCell:
    """A cell of a supplier's file.

    Attributes:
        part: what it gives of the figure: value, lower, upper or n.
        file: path below the data folder.
        place: "record 12" of a JSON answer; the cell of a table, ``file:B3`` or ``file!sheet:B3``.
        keys: what the supplier's row says that it is about (dimensions and row number).
        column: name of the column in the file.
        raw: what stands in the cell, as it stands there, padding included.
    """

    part: str
    file: str
    place: str
    keys: Mapping[str, str]
    column: str
    raw: str


def cells_of(
    config: Config, files: Sequence[DataFile], areas: pd.DataFrame, wanted: Collection[Wanted]
) -> dict[Wanted, tuple[RawCell, ...]]:
    """Return the cells that the wanted figures were read from.

    Args:
        config: the project.
        files: of :func:`wijkprofiel.sources.folder.read_files`; those of other editions than
            the project's are left alone.
        areas: AreaTable, for the names in a GGD's own tables.
        wanted: figures; each file is read once for all of them.

    Returns:
        Per figure its cells, value first. A figure that no file holds is not among them, and
        neither is one that was worked out from the answers of people: it has no cell.

    Raises:
        DataError, SourceError: a file cannot be read.
    """
    found: dict[Wanted, tuple[RawCell, ...]] = {}
    for name in sorted({one.source for one in wanted}):
        source = config.sources[name]
        asked = {one for one in wanted if one.source == name}
        mine = [file for file in files if _is_read(config, source, file)]
        bodies = [file for file in mine if file.sidecar.kind == "figures"]
        for file in bodies:
            for one, cells in _of_file(_Reading(config, source, mine, areas), file, asked):
                together = (*found.get(one, ()), *cells)
                found[one] = tuple(sorted(together, key=lambda cell: _PARTS[cell.part]))
    return found


_PARTS = {"value": 0, "lower": 1, "upper": 2, "n": 3}
_Cells = Iterator[tuple[Wanted, list[RawCell]]]


@dataclass(frozen=True, slots=True)
class _Reading:
    """What the files of one source are read with."""

    config: Config
    source: SourceTable
    files: Sequence[DataFile] = field(default_factory=tuple)
    areas: pd.DataFrame | None = None


def _is_read(config: Config, source: SourceTable, file: DataFile) -> bool:
    edition = config.project.editions.get(source.id)
    table = file.sidecar.table
    return file.sidecar.source == source.id and (not edition or not table or table == edition)


def _of_file(reading: _Reading, file: DataFile, asked: set[Wanted]) -> _Cells:
    if reading.source.kind != "odata-v3":
        return _own(reading, file, asked)
    if file.path.suffix == ".xlsx":
        return _workbook(reading, file, asked)
    return _odata(reading, file, asked)


def _own(reading: _Reading, file: DataFile, asked: set[Wanted]) -> _Cells:
    if reading.areas is None:
        return
    given = file.name, file.data, file.sidecar
    for traced in own.trace(reading.config, reading.source, given, reading.areas):
        one = Wanted(reading.source.id, *traced.key)
        if one in asked:
            yield (
                one,
                [
                    RawCell(part, file.name, place, {}, column, _told(content))
                    for part, (place, column, content) in traced.cells.items()
                ],
            )


def _workbook(reading: _Reading, file: DataFile, asked: set[Wanted]) -> _Cells:
    book = reading.source.workbook
    code = book.code if book else ""
    found = regional.trace(file.data, reading.source, reading.config.indicators, file.name)
    for one in sorted(asked):
        if cell := found.get((one.area, one.indicator)):
            place, column, content = cell
            keys = {code: one.area}
            yield one, [RawCell("value", file.name, place, keys, column, _told(content))]


def _odata(reading: _Reading, file: DataFile, asked: set[Wanted]) -> _Cells:
    rows = odata.rows(file.data, file.name)
    columns = _columns(reading, file, rows, {one.indicator for one in asked})
    kinds = {code: part for part, code in reading.source.margins.items()}
    there = {(one.area, one.period) for one in asked}
    for number, row in enumerate(rows, 1):
        area, period = _region(row), _period(reading, row)
        if (area, period) not in there or not _selected(row, reading.source):
            continue
        margin = str(row.get(statline.MARGINS, "")).strip()
        part = kinds.get(margin) if margin and kinds else "value"
        if part is None:
            continue
        for indicator, column in columns.items():
            one = Wanted(reading.source.id, area, indicator, period)
            if one in asked and column in row:
                place, keys = f"record {number}", _keys(row, reading.source)
                yield one, [RawCell(part, file.name, place, keys, column, _told(row[column]))]


def _columns(
    reading: _Reading, file: DataFile, rows: Sequence[odata.Row], indicators: set[str]
) -> dict[str, str]:
    """Return indicator → column of these rows, as the reader of the figures binds them."""
    properties = [one for one in reading.files if one.sidecar.kind == "properties"]
    described = odata.topics(properties[0].data, properties[0].name) if properties else ()
    present = list(dict.fromkeys(chain.from_iterable(rows)))
    edition = reading.config.project.editions.get(reading.source.id) or file.sidecar.table
    columns: dict[str, str] = {}
    for name in sorted(indicators):
        indicator = reading.config.indicators[name]
        for key, source in statline.keys_of(indicator, reading.source.id, edition):
            column = odata.find(key, source.group, described, present, file.name)
            if isinstance(column, str):
                columns[name] = column
    return columns


def _region(row: odata.Row) -> str:
    return next((str(row[name]).strip() for name in statline.REGIONS if name in row), "")


def _period(reading: _Reading, row: odata.Row) -> str:
    if statline.PERIODS in row:
        return str(row[statline.PERIODS]).strip()[:4]
    name = reading.config.project.editions.get(reading.source.id)
    editions = reading.source.editions
    return next((e.periods[0] for e in editions if e.table == name and e.periods), "")


def _selected(row: odata.Row, source: SourceTable) -> bool:
    known = level_of(_region(row)) is not None
    return known and all(str(row.get(d, "")).strip() == v for d, v in source.filters.items())


def _keys(row: odata.Row, source: SourceTable) -> dict[str, str]:
    names = (IDENTITY, *statline.REGIONS, statline.PERIODS, *source.filters, statline.MARGINS)
    return {name: str(row[name]) for name in dict.fromkeys(names) if name in row}


def _told(content: object) -> str:
    """Return what stands in a cell as text: a text as it is, a whole number without decimals."""
    if isinstance(content, float) and content.is_integer():
        content = int(content)
    return content if isinstance(content, str) else json.dumps(content, default=str)
