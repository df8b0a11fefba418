"""The figures of all wijken as arrays, for what compares many wijken at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, cast

import numpy as np
from numpy.typing import NDArray

from wijkprofiel.model import Area, Level
from wijkprofiel.scoring.similar import Likeness, likeness
from wijkprofiel.scoring.uncertainty import Z95

if TYPE_CHECKING:
    import pandas as pd

Numbers = NDArray[np.float64]
Cell = tuple[str, str]
"""Indicator and period."""


@dataclass(frozen=True, slots=True)
class Column:
    """One indicator in one period: figures and standard errors, NaN where there is none."""

    figures: Numbers
    errors: Numbers


@dataclass(slots=True)
class Wijken:
    """All wijken of the boundary year, sorted by code; a column is made when first asked for.

    Attributes:
        figures: IndicatorTable after disclosure control.
        codes: of the wijken.
        people: inhabitants per wijk, None where unknown.
    """

    figures: pd.DataFrame
    codes: tuple[str, ...]
    people: Mapping[str, int | None]
    _of: Mapping[str, NDArray[np.intp]]
    _positions: Mapping[Cell, NDArray[np.intp]] | None = None
    _columns: dict[Cell, Column] = field(default_factory=dict)
    _likeness: dict[tuple[Cell, ...], Likeness] = field(default_factory=dict)

    @classmethod
    def of_year(
        cls, figures: pd.DataFrame, areas: Mapping[tuple[str, int], Area], year: int
    ) -> Wijken:
        """Return the wijken of a boundary year."""
        wijken = sorted(
            (area for (_, known), area in areas.items() if known == year),
            key=lambda area: area.code,
        )
        wijken = [area for area in wijken if area.level is Level.WIJK]
        of: dict[str, list[int]] = {}
        for position, area in enumerate(wijken):
            of.setdefault(area.parent, []).append(position)
        return cls(
            figures,
            tuple(area.code for area in wijken),
            {area.code: area.population for area in wijken},
            {parent: np.array(places, dtype=np.intp) for parent, places in of.items()},
        )

    def of(self, gemeente: str) -> NDArray[np.intp]:
        """Return the positions of the wijken of a gemeente, by code."""
        return self._of.get(gemeente, np.array([], dtype=np.intp))

    def column(self, indicator: str, period: str) -> Column:
        """Return the figures of all wijken, in the order of ``codes``."""
        cell = (indicator, period)
        if cell not in self._columns:
            self._columns[cell] = self._made(cell)
        return self._columns[cell]

    def likeness(self, cells: Sequence[Cell]) -> Likeness:
        """Return the wijken as points in these indicators and periods."""
        wanted = tuple(cells)
        if wanted not in self._likeness:
            values = np.column_stack([self.column(*cell).figures for cell in wanted])
            self._likeness[wanted] = likeness(self.codes, values)
        return self._likeness[wanted]

    def overlapping(self, codes: Iterable[str]) -> frozenset[str]:
        """Return the wijken that share ground with one of these areas."""
        digits = [code[2:] for code in codes]
        return frozenset(
            code
            for code in self.codes
            for other in digits
            if code[2:].startswith(other) or other.startswith(code[2:])
        )

    def _made(self, cell: Cell) -> Column:
        import pandas as pd

        if self._positions is None:
            found = self.figures.groupby(["indicator", "period"], sort=False).indices
            self._positions = {
                cast("Cell", key): np.asarray(rows, dtype=np.intp) for key, rows in found.items()
            }
        rows = self.figures.take(self._positions.get(cell, np.array([], dtype=np.intp)))
        place = pd.Index(self.codes).get_indexer(pd.Index(rows["area"]))
        here = place >= 0
        half = (rows["upper"] - rows["lower"]).to_numpy(dtype=np.float64) / 2
        columns = []
        for told in (rows["value"].to_numpy(dtype=np.float64), half / Z95):
            column = np.full(len(self.codes), np.nan)
            column[place[here]] = told[here]
            columns.append(column)
        return Column(*columns)
