"""The figures of a table by area, indicator and period, each made when it is first asked for.

An area asks for a few hundred of the millions of figures of a country: they are looked up in
arrays, because taking rows out of a table costs more the longer the table is.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from wijkprofiel.model import Figure, Status

if TYPE_CHECKING:
    import pandas as pd

Cell = tuple[str, str]
"""Indicator and period."""

NUMBERS = ("value", "lower", "upper", "n")
WORDS = ("indicator", "period", "status", "source")


@dataclass(frozen=True, slots=True)
class _Words:
    """A column of words: the different ones, and which of them stands in each row."""

    texts: tuple[str, ...]
    places: NDArray[np.int32]

    @classmethod
    def of(cls, column: pd.Series) -> _Words:
        places, texts = column.factorize()
        return cls(tuple(map(str, texts)), places.astype(np.int32))

    def at(self, rows: NDArray[np.intp]) -> list[str]:
        return [self.texts[place] for place in self.places[rows].tolist()]


@dataclass(frozen=True, slots=True)
class Cells:
    """The rows of an IndicatorTable, by area.

    Attributes:
        rows: per area its rows.
    """

    rows: Mapping[str, NDArray[np.intp]]
    _words: Mapping[str, _Words]
    _numbers: Mapping[str, NDArray[np.float64]]
    _places: dict[str, dict[Cell, int]] = field(default_factory=dict)

    @classmethod
    def of(cls, figures: pd.DataFrame) -> Cells:
        """Return the cells of a table; its numbers are not copied."""
        found = figures.groupby("area", sort=False).indices
        return cls(
            {str(code): np.asarray(rows, dtype=np.intp) for code, rows in found.items()},
            {name: _Words.of(figures[name]) for name in WORDS},
            {name: figures[name].to_numpy(dtype=np.float64) for name in NUMBERS},
        )

    def figure(self, code: str, cell: Cell) -> Figure | None:
        """Return the figure of an area, None where the table has no row for it."""
        if code not in self._places:
            rows = self.rows.get(code, np.array([], dtype=np.intp))
            pairs = zip(*(self._words[name].at(rows) for name in WORDS[:2]), strict=True)
            self._places[code] = dict(zip(pairs, rows.tolist(), strict=True))
        row = self._places[code].get(cell)
        return None if row is None else self._made(row)

    def table(self, codes: Iterable[str]) -> pd.DataFrame:
        """Return the rows of these areas as an IndicatorTable, in the order of the codes."""
        import pandas as pd

        known = [code for code in codes if code in self.rows]
        rows = np.concatenate([np.array([], dtype=np.intp), *(self.rows[code] for code in known)])
        areas = [code for code in known for _ in self.rows[code]]
        words = {name: column.at(rows) for name, column in self._words.items()}
        numbers = {name: column[rows] for name, column in self._numbers.items()}
        return pd.DataFrame({"area": areas, **words, **numbers})

    def _made(self, row: int) -> Figure:
        told = {name: found.texts[found.places[row]] for name, found in self._words.items()}
        known = {name: _known(float(found[row])) for name, found in self._numbers.items()}
        return Figure(
            told["indicator"],
            told["period"],
            known["value"],
            Status(told["status"]),
            lower=known["lower"],
            upper=known["upper"],
            n=known["n"],
            source=told["source"],
        )


def _known(value: float) -> float | None:
    return None if math.isnan(value) else value
