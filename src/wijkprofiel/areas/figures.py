"""The figures of an area: as published, or worked out from its parts (docs/method.md §1.6)."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from wijkprofiel.model.computed import Area, Conversion, Figure, OwnArea, Status
from wijkprofiel.model.declared import Indicator

if TYPE_CHECKING:
    import pandas as pd

PEOPLE = "people"
"""In the weights of a figure: the number of people of the parts, which no indicator names."""

MINIMUM_COVERAGE = 0.8
"""A weighted mean needs parts with a value that hold at least this share of the weight. Below it
the part that is not known could move the figure by more than the difference it is read for."""

WORST = (
    Status.SUPPRESSED,
    Status.UNKNOWN,
    Status.NOT_MEASURED,
    Status.ABSENT,
    Status.NOT_APPLICABLE,
)
"""Which reason is told when the parts have no value for different reasons, the strongest first."""

LEAST_CERTAIN: tuple[Conversion, ...] = ("areal", "buurten", "composed", "renumbered")
"""Which way of conversion is told when the parts came by different ways."""

Key = tuple[str, str, str]
"""Area, indicator, period."""

Mark = Callable[[str, Figure], Figure]
"""Adds to the figure of an area where it came from: converted, corrected."""


def figures_of(
    own: OwnArea,
    figures: pd.DataFrame,
    indicators: Mapping[str, Indicator],
    periods: Iterable[str],
    mark: Mark | None = None,
) -> dict[tuple[str, str], Figure]:
    """Return one figure per indicator and period: published for a single area, else derived.

    By the indicator's ``combine``: a mean weighted by its ``weight`` (without one: by the
    inhabitants), a sum, a ratio of two sums, or none. A mean needs :data:`MINIMUM_COVERAGE` of
    the weight; a sum and a ratio need every part. A suppressed part makes the figure suppressed.
    The weight is of the figure's own period where all parts have it, else of their latest
    common period. Limits: value ± the weighted mean of the parts' half intervals, which is the
    bound for errors that are fully correlated between the parts. A class that cannot be combined
    is that of the parts where they share it; else it is not applicable, with the lowest and
    highest class as its spread.

    Args:
        own: the area.
        figures: IndicatorTable.
        indicators: by id.
        periods: the periods to do.
        mark: tells of a published figure how it came to stand there.

    Returns:
        Every combination; ABSENT where the table has no row.
    """
    published = _published(figures, {part.code for part in own.parts})
    if mark is not None:
        published = {key: mark(key[0], figure) for key, figure in published.items()}
    wanted = tuple(dict.fromkeys(periods))
    combiner = _Combiner(own.parts, published, indicators)
    return {
        (name, period): (
            published.get((own.parts[0].code, name, period), _nothing(name, period, Status.ABSENT))
            if own.single
            else combiner.combine(indicator, period)
        )
        for name, indicator in indicators.items()
        for period in wanted
    }


def combined(
    own: OwnArea,
    figures: pd.DataFrame,
    indicators: Mapping[str, Indicator],
    wanted: Iterable[tuple[str, str]],
) -> dict[tuple[str, str], tuple[Figure, Mapping[str, float]]]:
    """Return figures of several parts as :func:`figures_of`, and how each part counts in them.

    Only of means and sums with a value: value = Σ factor · value of the part.

    Args:
        own: the area.
        figures: IndicatorTable.
        indicators: by id.
        wanted: indicators and periods.
    """
    combiner = _Combiner(own.parts, _published(figures, {p.code for p in own.parts}), indicators)
    found = {}
    for name, period in wanted:
        indicator = indicators[name]
        if indicator.combine in {"mean", "sum"}:
            figure = combiner.combine(indicator, period)
            if figure.status is Status.OK:
                found[name, period] = figure, combiner.factors(indicator, period)
    return found


def _published(figures: pd.DataFrame, codes: set[str]) -> dict[Key, Figure]:
    rows = figures[figures["area"].isin(codes)]
    return {
        (row["area"], row["indicator"], row["period"]): Figure(
            indicator=row["indicator"],
            period=row["period"],
            value=_known(row["value"]),
            status=Status(row["status"]),
            lower=_known(row["lower"]),
            upper=_known(row["upper"]),
            n=_known(row["n"]),
            source=row["source"],
        )
        for row in rows.to_dict("records")
    }


def _known(value: float) -> float | None:
    return None if math.isnan(value) else float(value)


def _nothing(indicator: str, period: str, status: Status, source: str = "") -> Figure:
    return Figure(indicator, period, None, status, source=source)


@dataclass(frozen=True, slots=True)
class _Weights:
    """Weights of the parts, and how the page names them."""

    each: tuple[float | None, ...]
    text: str


@dataclass(frozen=True, slots=True)
class _Combiner:
    """Works out figures of parts together."""

    parts: Sequence[Area]
    published: Mapping[Key, Figure]
    indicators: Mapping[str, Indicator]

    def combine(self, indicator: Indicator, period: str) -> Figure:
        """Return the figure of all parts together, marked as its parts are."""
        figure = self._combined(indicator, period)
        names = indicator.ratio if indicator.combine == "ratio" else None
        found = [f for name in names or (indicator.id,) for f in self._figures(name, period)]
        ways = {f.converted for f in found}
        return replace(
            figure,
            converted=next((way for way in LEAST_CERTAIN if way in ways), ""),
            corrected=next((f.corrected for f in found if f.corrected), ""),
        )

    def factors(self, indicator: Indicator, period: str) -> Mapping[str, float]:
        """Return by how much each part with a value counts in a mean or a sum."""
        if indicator.combine == "sum":
            return {part.code: 1.0 for part in self.parts}
        weights = self._weights(indicator, period)
        counted = {
            part.code: weight
            for part, weight, figure in zip(
                self.parts, weights.each, self._figures(indicator.id, period), strict=True
            )
            if weight and figure.value is not None
        }
        total = math.fsum(counted.values())
        return {code: weight / total for code, weight in counted.items()}

    def _combined(self, indicator: Indicator, period: str) -> Figure:
        if indicator.combine == "ratio" and indicator.ratio is not None:
            return self._ratio(indicator, indicator.ratio, period)
        found = self._figures(indicator.id, period)
        if all(figure.status is Status.ABSENT for figure in found):
            return _nothing(indicator.id, period, Status.ABSENT)
        match indicator.combine:
            case "sum":
                return self._sum(indicator.id, period)
            case "mean":
                return self._mean(indicator, period, found)
            case _ if indicator.unit == "class":
                return _class(indicator.id, period, found)
            case _:
                return _nothing(indicator.id, period, Status.NOT_APPLICABLE, _source(found))

    def _figures(self, indicator: str, period: str) -> list[Figure]:
        nothing = _nothing(indicator, period, Status.ABSENT)
        return [self.published.get((p.code, indicator, period), nothing) for p in self.parts]

    def _sum(self, indicator: str, period: str) -> Figure:
        found = self._figures(indicator, period)
        source = _source(found)
        values = [figure.value for figure in found if figure.value is not None]
        if len(values) < len(found):
            return _nothing(indicator, period, _reason(found), source)
        return Figure(indicator, period, math.fsum(values), Status.OK, source=source, derived=True)

    def _ratio(self, indicator: Indicator, ratio: tuple[str, str], period: str) -> Figure:
        above, below = (self._sum(name, period) for name in ratio)
        both = [above, below]
        if above.value is None or below.value is None:
            return _nothing(indicator.id, period, _reason(both), _source(both))
        if below.value == 0:
            return _nothing(indicator.id, period, Status.NOT_APPLICABLE, _source(both))
        return Figure(
            indicator.id,
            period,
            above.value / below.value * indicator.ratio_factor,
            Status.OK,
            source=_source(both),
            derived=True,
        )

    def _mean(self, indicator: Indicator, period: str, found: Sequence[Figure]) -> Figure:
        weights = self._weights(indicator, period)
        source = _source(found)
        if any(figure.status is Status.SUPPRESSED for figure in found):
            return _nothing(indicator.id, period, Status.SUPPRESSED, source)
        counted = [
            (weight, figure)
            for weight, figure in zip(weights.each, found, strict=True)
            if weight != 0
        ]
        if not counted or any(weight is None for weight, _ in counted):
            return _nothing(indicator.id, period, Status.UNKNOWN, source)
        total = math.fsum(weight for weight, _ in counted if weight is not None)
        present = [(w, f) for w, f in counted if w is not None and f.value is not None]
        coverage = math.fsum(w for w, _ in present) / total
        if coverage < MINIMUM_COVERAGE:
            return _nothing(indicator.id, period, _reason([f for _, f in counted]), source)
        return _weighted(indicator, period, present, weights.text, coverage)

    def _weights(self, indicator: Indicator, period: str) -> _Weights:
        """Return the weights of one period in which all parts have one."""
        if indicator.weight is None or indicator.weight not in self.indicators:
            people = tuple(part.population for part in self.parts)
            return _Weights(people, f"{PEOPLE}, {self.parts[0].boundary_year}")
        periods = {key[2] for key in self.published if key[1] == indicator.weight}
        best: _Weights | None = None
        for year in sorted(periods, key=lambda p: (p == period, p)):
            values = tuple(f.value for f in self._figures(indicator.weight, year))
            text = f"{self.indicators[indicator.weight].population}, {year}"
            if best is None or None not in values or None in best.each:
                best = _Weights(values, text)
        return best or _Weights((None,) * len(self.parts), "")


def _class(indicator: str, period: str, found: Sequence[Figure]) -> Figure:
    """Return the class that all parts have, or the spread of their classes."""
    source = _source(found)
    values = [figure.value for figure in found if figure.value is not None]
    if len(values) < len(found):
        return _nothing(indicator, period, _reason(found), source)
    low, high = min(values), max(values)
    if low == high:
        return Figure(indicator, period, low, Status.OK, source=source, derived=True)
    nothing = _nothing(indicator, period, Status.NOT_APPLICABLE, source)
    return replace(nothing, derived=True, spread=(low, high))


def _weighted(
    indicator: Indicator,
    period: str,
    present: Sequence[tuple[float, Figure]],
    text: str,
    coverage: float,
) -> Figure:
    total = math.fsum(weight for weight, _ in present)
    value = math.fsum(weight * (figure.value or 0.0) for weight, figure in present) / total
    halves = [
        weight * (figure.upper - figure.lower) / 2
        for weight, figure in present
        if figure.upper is not None and figure.lower is not None
    ]
    lower = upper = None
    if len(halves) == len(present):
        half = math.fsum(halves) / total
        top = 100.0 if indicator.unit == "percent" else math.inf
        lower, upper = max(0.0, value - half), min(top, value + half)
    asked = [figure.n for _, figure in present if figure.n is not None]
    return Figure(
        indicator.id,
        period,
        value,
        Status.OK,
        lower=lower,
        upper=upper,
        n=math.fsum(asked) if len(asked) == len(present) else None,
        source=_source([figure for _, figure in present]),
        derived=True,
        weight=text,
        coverage=coverage,
    )


def _reason(found: Iterable[Figure]) -> Status:
    """Return why there is no value: the strongest reason among the figures without one."""
    reasons = {figure.status for figure in found if figure.value is None}
    return next(reason for reason in WORST if reason in reasons)


def _source(found: Iterable[Figure]) -> str:
    return next((figure.source for figure in found if figure.source), "")
