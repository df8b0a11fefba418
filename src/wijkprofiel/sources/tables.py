"""A GGD's own table, CSV or xlsx, long (a row per figure) or wide (a column per topic).

One reader for all of them. What a cell means is never guessed alone: the decimal sign is one per
file, the scale of a percentage one per topic, and every area, topic and year must exist. All that
is wrong is told at once, each with its cell; then nothing is read.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from wijkprofiel.errors import DataError, Problem
from wijkprofiel.model.declared import Indicator
from wijkprofiel.sources import delimited, header, workbook
from wijkprofiel.sources.figures import Figures, Slot
from wijkprofiel.sources.gazetteer import Gazetteer
from wijkprofiel.sources.grid import Grid
from wijkprofiel.sources.layout import Layout, TopicColumns
from wijkprofiel.tables import INDICATOR_COLUMNS

if TYPE_CHECKING:
    import pandas as pd

Topic = str | TopicColumns | tuple[TopicColumns, ...]
"""How a layout names the columns of a topic."""

_MOST = 50
"""Problems told of one file; a file with more has one cause."""


@dataclass(frozen=True, slots=True)
class Expected:
    """What a table may hold.

    Attributes:
        source: id of the source table.
        indicators: by id.
        areas: of the table's division.
        edition: table id, for topics that are named by the indicators' own ``sources``.
        periods: that the file may hold; empty: any year.
    """

    source: str
    indicators: Mapping[str, Indicator]
    areas: Gazetteer
    edition: str = ""
    periods: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Traced:
    """A figure and the cells that it was read from.

    Attributes:
        key: area, indicator, period.
        cells: per part (value, lower, upper, n) the place of its cell, the column's name and
            what stands there.
    """

    key: tuple[str, str, str]
    cells: Mapping[str, tuple[str, str, object]]


def read(data: bytes, layout: Layout | None, expected: Expected, where: str) -> pd.DataFrame:
    """Return the figures of one table as an IndicatorTable.

    Args:
        data: a CSV (UTF-8, Windows-1252 or UTF-16) or an xlsx.
        layout: which columns hold what.
        expected: areas, topics and periods that exist.
        where: the file it came from, for errors.

    Returns:
        One row per area, topic and period, in the order of the file; percentages as 45.

    Raises:
        DataError: a cell, row or column that cannot be read in exactly one way; all at once, each
            with its place.
    """
    import pandas as pd

    found, _ = _read(data, layout, expected, where)
    table = pd.DataFrame(found.rows)
    return table.assign(source=expected.source)[list(INDICATOR_COLUMNS)]


def trace(data: bytes, layout: Layout | None, expected: Expected, where: str) -> list[Traced]:
    """Return the figures of :func:`read`, each with the cells that it was read from.

    Raises:
        DataError: as :func:`read`.
    """
    found, grid = _read(data, layout, expected, where)
    return [
        Traced(
            key=(str(row["area"]), str(row["indicator"]), str(row["period"])),
            cells={
                part: (grid.at(*place), name, grid.cell(*place))
                for part, (name, place) in places.items()
            },
        )
        for row, places in zip(found.rows, found.places, strict=True)
    ]


def _read(
    data: bytes, layout: Layout | None, expected: Expected, where: str
) -> tuple[Figures, Grid]:
    if layout is None:
        raise DataError("its sidecar has no 'layout'", "say which columns hold what", where=where)
    slots = _slots(layout, expected, where)
    wanted = _wanted(layout, slots)
    grid = _grid(data, layout, wanted, where)
    columns = header.columns(grid, layout, wanted)
    rows = header.body(grid, layout)
    if not rows:
        raise DataError("the table has no rows below its header", where=grid.where)
    found = Figures(grid, layout, columns, expected.indicators, expected.areas, expected.periods)
    problems = [*header.obstacles(grid, rows, columns), *found.read(rows, slots)]
    if problems:
        raise DataError.of(_first(problems, grid), "nothing read")
    if not found.rows:
        raise DataError("no row of the table is read", "see 'leave_out'", where=grid.where)
    return found, grid


def _grid(data: bytes, layout: Layout, wanted: Collection[str], where: str) -> Grid:
    if not data.strip():
        raise DataError("the file is empty", where=where)
    if data[:2] == b"PK":
        return workbook.read(data, layout.sheet, where)
    return delimited.read(data, wanted, where, encoding=layout.encoding, separator=layout.separator)


def _slots(layout: Layout, expected: Expected, where: str) -> list[Slot]:
    """Return what is read of every row: one slot per figure.

    Raises:
        DataError: the layout does not say where topic, value or period stand.
    """
    topics: dict[str, Topic] = dict(layout.topics) or {**_own_keys(expected)}
    if layout.indicator:
        slots = _long(layout, topics)
    else:
        slots = [slot for name, own in topics.items() for slot in _wide(layout, name, own)]
    lacking = [
        Problem(where, f"layout: {word}", hint)
        for word, hint, wrong in (
            ("nothing says which topics there are", "write 'topics' or 'indicator'", not slots),
            (
                "nothing says where the value stands",
                "write 'value', or 'periods' with a column per period",
                any(not slot.value for slot in slots),
            ),
            (
                "nothing says which period it is",
                "write 'period' (a column or a year), or 'periods'",
                any(not slot.period for slot in slots),
            ),
        )
        if wrong
    ]
    fixed = {slot.period for slot in slots if slot.period and not slot.period_column}
    lacking += [
        Problem(where, f"layout: {period} is not among the periods of this table ({held})")
        for held in [", ".join(sorted(expected.periods))]
        for period in sorted(fixed)
        if held and period not in expected.periods
    ]
    if lacking:
        raise DataError.of(lacking, "nothing read")
    return slots


def _own_keys(expected: Expected) -> dict[str, str]:
    """Return what the indicators themselves say: the column, or how the topic is written."""
    return {
        indicator.id: key
        for indicator in expected.indicators.values()
        for link in indicator.sources
        if link.table == expected.source
        and (key := link.keys.get(expected.edition, link.keys.get("all", "")))
    }


def _long(layout: Layout, topics: Mapping[str, Topic]) -> list[Slot]:
    written = {
        text.value if isinstance(text, TopicColumns) else str(text): name
        for name, text in topics.items()
    }
    limits = layout.lower, layout.upper, layout.n
    if layout.periods:
        return [
            Slot("", column, *limits, period, layout.scale, written)
            for period, column in layout.periods.items()
        ]
    return [Slot("", layout.value, *limits, layout.period, layout.scale, written)]


def _wide(layout: Layout, name: str, own: Topic) -> list[Slot]:
    if isinstance(own, str):
        own = TopicColumns(value=own)
    return [
        Slot(
            name,
            one.value,
            one.lower,
            one.upper,
            one.n or layout.n,
            one.period or layout.period,
            one.scale or layout.scale,
        )
        for one in (own if isinstance(own, tuple) else (own,))
    ]


def _wanted(layout: Layout, slots: list[Slot]) -> list[str]:
    names = [layout.area, layout.gemeente, layout.level_column, layout.indicator]
    for slot in slots:
        names += [slot.value, slot.lower, slot.upper, slot.n, slot.period_column]
    return list(dict.fromkeys(name for name in names if name))


def _first(problems: list[Problem], grid: Grid) -> list[Problem]:
    told = list(dict.fromkeys(problems))
    if len(told) <= _MOST:
        return told
    more = Problem(grid.where, f"and {len(told) - _MOST} more problems")
    return [*told[:_MOST], more]
