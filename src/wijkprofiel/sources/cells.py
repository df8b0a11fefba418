"""Cells of a StatLine table, gathered page by page into one long table.

A page is a list of rows with some forty columns each; a country has hundreds of thousands of
them. So a page is turned into columns of numbers at once, and its rows are let go.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from operator import itemgetter
from typing import TYPE_CHECKING

from wijkprofiel.errors import DataError, Problem
from wijkprofiel.model.computed import Status
from wijkprofiel.sources.odata import Row
from wijkprofiel.tables import INDICATOR_COLUMNS

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt
    import pandas as pd

    Numbers = npt.NDArray[np.float64]
    Codes = npt.NDArray[np.int8]

Key = tuple[str, str]
"""Area and period."""

VALUE, LIMITS = "value", ("lower", "upper")
"""Kinds of rows: the figure itself, and the two ends of its interval."""

STATUSES = tuple(status.value for status in (Status.OK, Status.UNKNOWN, Status.NOT_MEASURED))
_OK, _UNKNOWN, _NOT_MEASURED = range(3)
_MISSING = {"": _NOT_MEASURED, ".": _UNKNOWN}
_MOST = 50
"""Problems told of one table; a table with more has one cause."""


def number(cell: object) -> tuple[float, int]:
    """Return value (NaN where there is none) and place in :data:`STATUSES` of one cell.

    Raises:
        ValueError: the cell is neither a number nor a sign for a missing one.
    """
    if cell is None:
        return math.nan, _UNKNOWN
    if isinstance(cell, str | int | float):
        try:
            value = float(cell)
        except ValueError:
            sign = str(cell).strip()
            if sign in _MISSING:
                return math.nan, _MISSING[sign]
        else:
            if math.isfinite(value):
                return value, _OK
    raise ValueError(f"{cell!r} is no number")


class _Known(dict[object, tuple[float, int]]):
    """Cells that were read before: a country repeats the same few thousand."""

    def __missing__(self, cell: object) -> tuple[float, int]:
        found = self[cell] = number(cell)
        return found


@dataclass(frozen=True, slots=True)
class _Part:
    """What one page holds of one kind of row: per indicator a column."""

    keys: Sequence[Key]
    columns: Mapping[str, tuple[Numbers, Codes]]


@dataclass
class LongTable:
    """Figures of one table, while its pages come in.

    Attributes:
        source: id of the source table.
        where: the file it is about, for errors.
        margins: per kind of row what the supplier calls it, for errors.
    """

    source: str
    where: str
    margins: Mapping[str, str] = field(default_factory=dict)
    _parts: dict[str, list[_Part]] = field(default_factory=dict)
    _known: _Known = field(default_factory=_Known)
    _problems: list[Problem] = field(default_factory=list)

    def add(
        self, kind: str, keys: Sequence[Key], rows: Sequence[Row], columns: Mapping[str, str]
    ) -> None:
        """Take up rows of one kind.

        Args:
            kind: "value", "lower" or "upper".
            keys: area and period of each row.
            rows: as the service serves them.
            columns: indicator → column.
        """
        read = {name: self._column(rows, key, keys) for name, key in columns.items()}
        self._parts.setdefault(kind, []).append(_Part(keys, read))

    def table(self, order: Sequence[str]) -> pd.DataFrame:
        """Return all figures as an IndicatorTable: a block of rows per indicator.

        Args:
            order: indicators in the order of the blocks; those that no page carries are left out.

        Raises:
            DataError: cells that are no number, or two rows of one limit.
        """
        if self._problems:
            raise DataError.of(self._problems[:_MOST], "nothing read")
        import numpy as np
        import pandas as pd

        parts = self._parts.get(VALUE, [])
        names = [name for name in order if any(name in part.columns for part in parts)]
        keys = [key for part in parts for key in part.keys]
        size = len(keys)
        values, codes = _stacked(parts, names)
        place = np.tile(np.arange(size), len(names))
        statuses = pd.Series(STATUSES, dtype="str").take(codes)
        return pd.DataFrame(
            {
                "area": _text([area for area, _ in keys], place),
                "indicator": _text(names, np.repeat(np.arange(len(names)), size)),
                "period": _text([period for _, period in keys], place),
                "value": values,
                **{kind: self._limit(kind, keys, names) for kind in LIMITS},
                "n": math.nan,
                "status": statuses.reset_index(drop=True),
                "source": _text([self.source], np.zeros(len(values), dtype=int)),
            }
        )[list(INDICATOR_COLUMNS)]

    def _column(self, rows: Sequence[Row], key: str, keys: Sequence[Key]) -> tuple[Numbers, Codes]:
        import numpy as np

        try:
            cells = list(map(itemgetter(key), rows))
        except KeyError:  # a row without this column
            cells = [row.get(key) for row in rows]
        try:
            read = list(map(self._known.__getitem__, cells))
        except (ValueError, TypeError):
            read = self._one_by_one(cells, key, keys)
        numbers, codes = zip(*read, strict=True) if read else ((), ())
        return np.array(numbers, dtype=np.float64), np.array(codes, dtype=np.int8)

    def _one_by_one(
        self, cells: Sequence[object], key: str, keys: Sequence[Key]
    ) -> list[tuple[float, int]]:
        read: list[tuple[float, int]] = []
        for cell, (area, period) in zip(cells, keys, strict=True):
            try:
                read.append(number(cell))
            except ValueError as wrong:
                read.append((math.nan, _UNKNOWN))
                place = f"{self.where} {key}"
                self._problems.append(Problem(place, f"{area}, {period}: {wrong}"))
        return read

    def _limit(self, kind: str, keys: Sequence[Key], names: Sequence[str]) -> Numbers:
        """Return the limits of one kind, beside the values of the same area and period."""
        import numpy as np

        parts = self._parts.get(kind, [])
        if not parts:
            return np.full(len(keys) * len(names), np.nan)
        there: dict[Key, int] = {}
        for key in (key for part in parts for key in part.keys):
            if key in there:
                area, period = key
                message = f"{area}, {period}: two rows of margin {self.margins.get(kind, kind)}"
                raise DataError(message, where=self.where)
            there[key] = len(there)
        limits = _stacked(parts, names)[0].reshape(len(names), len(there))
        blank = np.full((len(names), 1), np.nan)
        found = np.fromiter((there.get(key, -1) for key in keys), dtype=int, count=len(keys))
        return np.hstack([limits, blank])[:, found].ravel()


def _stacked(parts: Sequence[_Part], names: Sequence[str]) -> tuple[Numbers, Codes]:
    """Return numbers and codes of all parts, one indicator after the other."""
    import numpy as np

    numbers: list[Numbers] = []
    codes: list[Codes] = []
    for name in names:
        for part in parts:
            size = len(part.keys)
            blank = np.full(size, np.nan), np.full(size, _UNKNOWN, dtype=np.int8)
            own, told = part.columns.get(name, blank)
            numbers.append(own)
            codes.append(told)
    if not numbers:
        return np.empty(0), np.empty(0, dtype=np.int8)
    return np.concatenate(numbers), np.concatenate(codes)


def _text(words: Sequence[str], places: npt.NDArray[np.int64]) -> pd.Series[str]:
    """Return the words at the places, as one column of text."""
    import pandas as pd

    return pd.Series(list(words), dtype="str").take(places).reset_index(drop=True)
