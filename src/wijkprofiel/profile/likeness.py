"""Which wijken look like an area, where the project asks for them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from wijkprofiel.config import Config
from wijkprofiel.model import Area, Figure, OwnArea, Similar
from wijkprofiel.profile.cells import Cell
from wijkprofiel.profile.index import Index, shown_table
from wijkprofiel.scoring import similar

Missing = Literal["", "country", "figures"]
"""Why there are none: the reference areas are not all at hand, or the area lacks a figure."""


def alike(
    own: OwnArea, config: Config, index: Index, figures: Mapping[Cell, Figure]
) -> tuple[tuple[str, ...], Missing]:
    """Return the codes of the similar wijken, the nearest first, and why there are none.

    Among all wijken of the country, without those that share ground with the area. A class
    counts as its number; of an area of several parts, a figure that has no value of its own
    counts as the mean of its parts by inhabitants.
    """
    wanted = config.project.similar
    if wanted is None:
        return (), ""
    if index.reference_partial or not index.reference:
        return (), "country"
    cells = _cells(wanted, config)
    found = index.wijken.likeness(cells).nearest(
        [_value(own.parts, index, figures, cell) for cell in cells],
        index.wijken.overlapping(part.code for part in own.parts),
        wanted.count,
    )
    return found, "" if found else "figures"


def _cells(wanted: Similar, config: Config) -> list[Cell]:
    """Return the indicators with the period that is shown of them."""
    indicators = (config.indicators[name] for name in wanted.indicators)
    return [(i.id, config.project.periods.get(shown_table(i, config), "")) for i in indicators]


def _value(
    parts: tuple[Area, ...], index: Index, figures: Mapping[Cell, Figure], cell: Cell
) -> float | None:
    figure = figures.get(cell)
    if figure is not None and figure.value is not None:
        return figure.value
    if len(parts) == 1:
        return None
    values = {part.code: index.figure(part.code, *cell).value for part in parts}
    return similar.value_of_parts(values, {part.code: part.population for part in parts})
