"""A dataset, laid out so that one area after another is read from it in milliseconds."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Literal, get_args

from wijkprofiel import disclosure
from wijkprofiel.config import Config
from wijkprofiel.model import (
    Area,
    Conversion,
    Edition,
    Figure,
    Indicator,
    Level,
    ReferenceStats,
    Status,
)
from wijkprofiel.model.same import Same
from wijkprofiel.profile import survey
from wijkprofiel.profile.cells import Cell, Cells
from wijkprofiel.profile.outlines import Outlines
from wijkprofiel.profile.wijken import Wijken
from wijkprofiel.scoring import reference, scenarios, uncertainty
from wijkprofiel.scoring.domains import Key
from wijkprofiel.sources.dataset import Dataset

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray

WAYS: tuple[Conversion, ...] = get_args(Conversion)
"""Ways in which a figure comes from another division."""

WHOLE = 0.95
"""Wijken with this share of the country's people together are the whole country."""


@dataclass(slots=True)
class Index:
    """What profiles ask of a dataset, built once.

    Attributes:
        figures: IndicatorTable after disclosure control.
        protected: what disclosure control withheld and what it knows; not to be printed.
        rows: those figures by area, indicator and period.
        topics: indicators that the files have at all.
        measured: indicators and periods with a figure for at least one area.
        reference: per measure and period, what the reference areas say.
        reference_partial: the reference came from a table, not from these figures.
        areas: by code and boundary year.
        latest_year: per code the latest boundary year that has it.
        inside: per code and boundary year the areas that lie directly in it, by code.
        outlines: of the boundary year.
        crosswalk: per area and pair of divisions: same, changed, new, gone or converted.
        wijken: the figures of all wijken of the boundary year as arrays.
        converted: per area and source, how its figures came from another division.
        corrected: per figure (area, indicator, period), why the supplier's was replaced.
        yardsticks: per framework, domain and period the SDs of its scenarios: those of the
            dataset, and with the whole country what :mod:`wijkprofiel.profile.robust` worked out.
        shared: texts of things that many profiles share, for the hash.
    """

    figures: pd.DataFrame
    rows: Cells
    topics: frozenset[str]
    measured: frozenset[Cell]
    reference: Mapping[Key, ReferenceStats]
    reference_partial: bool
    areas: Mapping[tuple[str, int], Area]
    latest_year: Mapping[str, int]
    inside: Mapping[tuple[str, int], tuple[Area, ...]]
    outlines: Outlines
    crosswalk: Mapping[tuple[str, int, int], str]
    wijken: Wijken
    converted: Mapping[tuple[str, str], Conversion] = field(default_factory=dict)
    corrected: Mapping[tuple[str, str, str], str] = field(default_factory=dict)
    yardsticks: dict[tuple[str, str, str], NDArray[np.float64]] = field(default_factory=dict)
    shared: dict[int, str] = field(default_factory=dict)
    protected: disclosure.Protected | None = None
    _figures: dict[tuple[str, Cell], Figure] = field(default_factory=dict)

    def marked(self, code: str, figure: Figure) -> Figure:
        """Return a published figure that says how it came to stand at this area."""
        way: Conversion | Literal[""] = self.converted.get((code, figure.source), "")
        why = self.corrected.get((code, figure.indicator, figure.period), "")
        if not way and not why:
            return figure
        made = way not in {"", "renumbered"}
        return replace(figure, converted=way, corrected=why, derived=figure.derived or made)

    def figure(self, code: str, indicator: str, period: str) -> Figure:
        """Return a published figure, or an empty one that says why there is none."""
        key = code, (indicator, period)
        if key not in self._figures:
            found = self.rows.figure(*key)
            self._figures[key] = (
                self.marked(code, found)
                if found is not None
                else Figure(indicator, period, None, self.reason(indicator, period))
            )
        return self._figures[key]

    def reason(self, indicator: str, period: str) -> Status:
        """Return why an area without a row for this topic has none."""
        if indicator in self.topics and (indicator, period) not in self.measured:
            return Status.NOT_MEASURED
        return Status.ABSENT

    def together(self, codes: Iterable[str]) -> Mapping[Cell, Figure]:
        """Return the survey figures of several areas together, as disclosure control left them."""
        protected = self.protected
        return protected.together.get(frozenset(codes), {}) if protected is not None else {}

    def latest(self, code: str, year: int) -> Area | None:
        """Return an area of the boundary year, else of the latest division that has it."""
        if (code, year) in self.areas:
            return self.areas[code, year]
        latest = self.latest_year.get(code)
        return self.areas[code, latest] if latest is not None else None


def index_of(config: Config, dataset: Dataset) -> Index:
    """Return the index of a dataset; the last few are remembered."""
    return _built(Same(config), Same(dataset))


@lru_cache(maxsize=4)
def _built(config_key: Same, dataset_key: Same) -> Index:
    config: Config = config_key.value
    dataset: Dataset = dataset_key.value
    protected = disclosure.protect(dataset.figures, survey.rules(config, dataset))
    figures = uncertainty.with_margins(protected.figures, config.sources, config.indicators)
    areas = _areas(dataset.areas)
    table = dataset.reference
    partial = len(table) > 0
    if not partial and _whole_country(areas, dataset.boundary_year):
        table = reference.statistics(
            figures,
            {name: config.frameworks[name] for name in config.project.frameworks},
            config.indicators,
            config.project.periods.values(),
            config.project.country,
        )
    there = figures[figures["status"] == Status.OK.value]
    pairs = there[["indicator", "period"]].drop_duplicates()
    return Index(
        figures=figures,
        rows=Cells.of(figures),
        topics=frozenset(figures["indicator"].unique()),
        measured=frozenset(zip(pairs["indicator"], pairs["period"], strict=True)),
        reference=reference.lookup(table),
        reference_partial=partial,
        areas=areas,
        latest_year=dict(sorted(areas)),
        inside=_inside(areas),
        outlines=Outlines(dataset.outlines),
        crosswalk={
            (row["area"], int(row["from_year"]), int(row["to_year"])): row["status"]
            for row in dataset.crosswalk.to_dict("records")
        },
        wijken=Wijken.of_year(figures, areas, dataset.boundary_year),
        converted=_converted(config, dataset),
        corrected={(c.area, c.indicator, c.period): c.reason for c in dataset.corrections},
        yardsticks={}
        if dataset.scenarios is None
        else dict(scenarios.lookup(dataset.scenarios, config.frameworks)),
        protected=protected,
    )


def _converted(config: Config, dataset: Dataset) -> dict[tuple[str, str], Conversion]:
    """Return per area and source the way of conversion, from the crosswalk of the dataset."""
    walk = dataset.crosswalk
    rows = walk[(walk["to_year"] == dataset.boundary_year) & walk["status"].isin(WAYS)]
    divisions = {name: source.division for name, source in dataset.sources.items()}
    return {
        (area, source): way
        for area, year, way in zip(rows["area"], rows["from_year"], rows["status"], strict=True)
        for source, division in divisions.items()
        if division == year and not config.sources[source].survey
    }


def shown_table(indicator: Indicator, config: Config) -> str:
    """Return the source table whose period is shown for a topic, "" where there is none."""
    for source in indicator.sources:
        if source.table in config.project.periods:
            return source.table
    for part in (*indicator.sum_of, *(indicator.ratio or ())):
        if part in config.indicators:
            return shown_table(config.indicators[part], config)
    return ""


def edition_of(table: str, config: Config) -> Edition | None:
    """Return the edition that the project reads of a source table, None where it names none."""
    source, name = config.sources.get(table), config.project.editions.get(table)
    return next((e for e in source.editions if e.table == name), None) if source else None


def _areas(table: pd.DataFrame) -> dict[tuple[str, int], Area]:
    found = {}
    for row in table.to_dict("records"):
        area = Area(
            code=row["code"],
            name=row["name"],
            level=Level(row["level"]),
            parent=row["parent"],
            boundary_year=int(row["boundary_year"]),
            population=None if math.isnan(row["population"]) else int(row["population"]),
        )
        found[area.code, area.boundary_year] = area
    return found


def _inside(areas: Mapping[tuple[str, int], Area]) -> dict[tuple[str, int], tuple[Area, ...]]:
    found: dict[tuple[str, int], list[Area]] = {}
    for (_, year), area in sorted(areas.items()):
        found.setdefault((area.parent, year), []).append(area)
    return {key: tuple(inside) for key, inside in found.items()}


def _whole_country(areas: Mapping[tuple[str, int], Area], year: int) -> bool:
    """Return whether the wijken of the boundary year hold the people of the country."""
    current = [area for (_, known), area in areas.items() if known == year]
    country = max((a.population or 0 for a in current if a.level is Level.LAND), default=0)
    wijken = sum(a.population or 0 for a in current if a.level is Level.WIJK)
    return country > 0 and wijken >= WHOLE * country
