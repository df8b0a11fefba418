"""What all reference areas together say: mean, SD, extremes and percentiles of each measure.

A project that carries the whole country computes this table; one that carries a part (the
sample) has it as a file beside its figures. docs/method.md §1.1.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
from numpy.typing import NDArray

from wijkprofiel.errors import ConfigError
from wijkprofiel.model import Framework, Indicator, ReferenceStats, Status
from wijkprofiel.scoring import domains
from wijkprofiel.scoring.domains import Key
from wijkprofiel.tables import PERCENTILES, REFERENCE_COLUMNS

if TYPE_CHECKING:
    import pandas as pd

Numbers = NDArray[np.float64]
Kind = Literal["indicator", "slot", "domain"]

MINIMUM = 20
"""Fewer areas than this are no yardstick (a framework can ask for more or fewer)."""

PREFIX: Mapping[str, str] = MappingProxyType({"wijk": "WK", "buurt": "BU", "gemeente": "GM"})
"""First letters of the CBS codes of a level."""


def statistics(
    figures: pd.DataFrame,
    frameworks: Mapping[str, Framework],
    indicators: Mapping[str, Indicator],
    periods: Iterable[str],
    country_codes: Mapping[str, str],
    level: str = "wijk",
) -> pd.DataFrame:
    """Return the ReferenceTable over all areas of ``level`` that have a value.

    Indicator rows hold values in the indicator's unit. Slot and domain rows hold the *undivided*
    means by the framework's normalisation and aggregation (z: centre = the country's own figure,
    or the plain mean where the framework says so; min-max, goalposts, percentile, target: 0–1;
    a geometric domain: 0–10), + is favourable. The zero point and the division by their own SD
    are left to :func:`wijkprofiel.scoring.area_scores.score`, with the SD of these rows. The id
    of a slot is ``<domain>/<slot>``. A domain's row counts only the areas that meet its coverage
    rule.

    Each area counts once. SD with ddof=1. Percentiles by linear interpolation between order
    statistics (Hyndman and Fan 1996, definition 7: numpy's and R's default, Excel's
    PERCENTILE.INC).

    Args:
        figures: IndicatorTable of the whole country; other levels are left aside.
        frameworks: by id; one whose reference has another level gets no rows.
        indicators: by id; classes have no mean and get no row.
        periods: the periods to do.
        country_codes: per source table the code of the country.
        level: level of the reference areas.

    Returns:
        One row per measure and period with at least :data:`MINIMUM` areas (the framework's
        own minimum for slots and domains), sorted.

    Raises:
        ConfigError: a framework's reference is not a whole country.
    """
    import pandas as pd

    rows: list[dict[str, Any]] = []
    for period in sorted(set(periods)):
        values = area_values(figures, period, PREFIX[level])
        country = country_values(figures, period, country_codes)
        for indicator in sorted(set(values) & set(indicators)):
            if indicators[indicator].unit != "class":
                rows += _row("indicator", "", indicator, period, values[indicator], MINIMUM)
        for framework in (frameworks[name] for name in sorted(frameworks)):
            _check_area(framework)
            if framework.reference.level == level:
                rows += _framework_rows(framework, indicators, period, values, country)
    return pd.DataFrame(rows, columns=list(REFERENCE_COLUMNS))


def country_values(
    figures: pd.DataFrame, period: str, country_codes: Mapping[str, str]
) -> dict[str, float]:
    """Return the country's figure per indicator; the code differs per source table."""
    there = (figures["period"] == period) & figures["area"].isin(set(country_codes.values()))
    rows = figures[there & (figures["status"] == Status.OK.value)]
    own = rows[rows["area"] == rows["source"].map(dict(country_codes))]
    return {
        str(name): float(value) for name, value in zip(own["indicator"], own["value"], strict=True)
    }


def lookup(reference: pd.DataFrame) -> Mapping[Key, ReferenceStats]:
    """Return the rows of a ReferenceTable by (kind, framework, id, period)."""
    found: dict[Key, ReferenceStats] = {}
    for row in reference.to_dict("records"):
        stats = ReferenceStats(
            kind=row["kind"],
            id=str(row["id"]),
            framework=_text(row["framework"]),
            period=str(row["period"]),
            n=int(row["n"]),
            mean=float(row["mean"]),
            sd=float(row["sd"]),
            minimum=float(row["minimum"]),
            maximum=float(row["maximum"]),
            percentiles=MappingProxyType({p: float(row[f"p{p:g}"]) for p in PERCENTILES}),
        )
        found[stats.kind, stats.framework, stats.id, stats.period] = stats
    return MappingProxyType(found)


def _text(value: object) -> str:
    """An empty cell of a CSV comes back as NaN."""
    return value if isinstance(value, str) else ""


def _check_area(framework: Framework) -> None:
    area = framework.reference.area
    if not area.startswith("NL"):
        raise ConfigError(
            f"reference.area of '{framework.id}' is '{area}': only a whole country works so far",
            "write NL01, or leave it out",
            where=f"frameworks.{framework.id}.reference.area",
        )


def area_values(figures: pd.DataFrame, period: str, prefix: str) -> dict[str, Numbers]:
    """Return per indicator an array over one shared, sorted list of areas; NaN where missing."""
    wanted = (
        (figures["period"] == period)
        & (figures["status"] == Status.OK.value)
        & figures["area"].str.startswith(prefix)
    )
    wide = figures[wanted].pivot_table(
        index="area", columns="indicator", values="value", aggfunc="first", sort=True
    )
    return {str(name): wide[name].to_numpy(dtype=np.float64) for name in wide.columns}


def _framework_rows(
    framework: Framework,
    indicators: Mapping[str, Indicator],
    period: str,
    values: Mapping[str, Numbers],
    country: Mapping[str, float],
) -> list[dict[str, Any]]:
    minimum = framework.reference.minimum
    stats = {
        name: _stats("indicator", "", name, period, values[name])
        for name in domains.scored(framework, indicators)
        if name in values
    }
    found = domains.measures(framework, indicators, stats, country)
    normalised = {name: measure(values[name]) for name, measure in found.items()}
    areas = len(next(iter(normalised.values()))) if normalised else 0
    rows: list[dict[str, Any]] = []
    for domain in framework.domains:
        raw = domains.raw(framework, domain, normalised, areas)
        for number, slot in enumerate(domain.slots):
            name = domains.slot_id(domain, slot)
            rows += _row("slot", framework.id, name, period, raw.slots[:, number], minimum)
        enough = np.where(raw.enough, raw.mean, np.nan)
        rows += _row("domain", framework.id, domain.id, period, enough, minimum)
    return rows


def _row(
    kind: Kind, framework: str, name: str, period: str, values: Numbers, minimum: int
) -> Sequence[dict[str, Any]]:
    """Return one row, or none where fewer than ``minimum`` areas have a value."""
    stats = _stats(kind, framework, name, period, values)
    if stats is None or stats.n < minimum:
        return ()
    row = {column: getattr(stats, column) for column in REFERENCE_COLUMNS[: -len(PERCENTILES)]}
    row.update({f"p{p:g}": value for p, value in stats.percentiles.items()})
    return (row,)


def _stats(
    kind: Kind, framework: str, name: str, period: str, values: Numbers
) -> ReferenceStats | None:
    """Return what the areas with a value say, None with fewer than two of them."""
    x = values[~np.isnan(values)]
    if len(x) < 2:
        return None
    cuts = np.percentile(x, PERCENTILES, method="linear")
    return ReferenceStats(
        kind=kind,
        id=name,
        framework=framework,
        period=period,
        n=len(x),
        mean=float(x.mean()),
        sd=float(x.std(ddof=1)),
        minimum=float(x.min()),
        maximum=float(x.max()),
        percentiles={p: float(cut) for p, cut in zip(PERCENTILES, cuts, strict=True)},
    )
