"""Which rows of the tables are which cells, and what the survey figures among them say."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from wijkprofiel.areas.figures import combined
from wijkprofiel.disclosure.cells import Key
from wijkprofiel.disclosure.primary import KEY
from wijkprofiel.disclosure.relations import SAME_PEOPLE, Answers, Union
from wijkprofiel.model import Indicator, OwnArea, SourceTable

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, slots=True)
class Rules:
    """What disclosure control goes by.

    Attributes:
        areas: AreaTable, for which area lies in which.
        year: division whose codes the figures carry.
        owns: every own area of several parts that may ever be printed.
        cells: unweighted numbers that said yes (area, indicator, period, source, cell); of
            microdata also what all who answered weigh (weight), and the codes that a group of the
            survey consists of (parts, with a space between).
        published: what earlier publications say (areas: codes with a space between, indicator,
            period, source, value, n).
    """

    sources: Mapping[str, SourceTable]
    indicators: Mapping[str, Indicator]
    areas: pd.DataFrame
    year: int
    owns: Sequence[OwnArea] = ()
    cells: pd.DataFrame | None = None
    published: pd.DataFrame | None = None


def with_people(
    figures: pd.DataFrame, indicators: Mapping[str, Indicator], surveys: frozenset[str]
) -> pd.DataFrame:
    """Give a derived figure of a survey the n of its parts, where they were asked the same people.

    Without one nobody could tell whether it is too small, and it would always be withheld.
    """
    parts = {i.id: i.sum_of or i.ratio or () for i in indicators.values() if not i.sources}
    lacking = figures["source"].isin(surveys) & figures["n"].isna() & figures["value"].notna()
    lacking &= figures["indicator"].isin({name for name, own in parts.items() if own})
    if not lacking.any():
        return figures
    known = figures[figures["source"].isin(surveys) & figures["n"].notna()]
    asked = {key_of(row): float(row["n"]) for row in _records(known)}
    people = []
    for row in _records(figures[lacking]):
        key = key_of(row)
        each = [asked.get(replace(key, indicator=part), math.nan) for part in parts[key.indicator]]
        people.append(min(each) if max(each) - min(each) < SAME_PEOPLE else math.nan)
    told = figures.copy()
    told.loc[lacking, "n"] = people
    return told


def answers_of(
    figures: pd.DataFrame, small: pd.Series[bool], rules: Rules, surveys: frozenset[str]
) -> Answers:
    """Return what an attacker would calculate with.

    A figure that was published before and is in no table any more still counts.

    Args:
        figures: IndicatorTable, with the n of derived figures.
        small: which of them the first rule withholds.
        rules: what disclosure control goes by.
        surveys: sources that it applies to.
    """
    import pandas as pd

    derived = {i.id for i in rules.indicators.values() if i.ratio and not i.sources}
    there = figures["source"].isin(surveys) & figures["value"].notna() & figures["n"].notna()
    rows = figures.loc[there & ~figures["indicator"].isin(derived), [*KEY, "value", "n"]]
    published = _published(rules, surveys)
    held = {key_of(row) for row in _records(rows)}
    gone = [
        (key.places[0], key.indicator, key.period, key.source, *published[key])
        for key in sorted(published)
        if key not in held and len(key.places) == 1 and not math.isnan(published[key][1])
    ]
    if gone:
        rows = pd.concat([rows, pd.DataFrame(gone, columns=rows.columns)], ignore_index=True)
    return Answers(
        figures=rows,
        small=frozenset(key_of(row) for row in _records(figures[small])),
        sources=rules.sources,
        indicators=rules.indicators,
        parents=_parents(rules.areas, rules.year),
        unions=tuple(_unions(figures, rules, surveys)),
        published={key: value for key, (value, _) in published.items()},
        **_behind(rules.cells),
    )


def _behind(cells: pd.DataFrame | None) -> dict[str, Any]:
    """Return what stands behind the figures of microdata: people, weights, parts of groups."""
    rows = [] if cells is None else _records(cells)
    weights = {key_of(row): float(row.get("weight", math.nan)) for row in rows}
    return {
        "counted": {key_of(row): float(row["cell"]) for row in rows},
        "weights": {key: weight for key, weight in weights.items() if weight > 0},
        "groups": {row["area"]: tuple(row["parts"].split()) for row in rows if row.get("parts")},
    }


def _published(rules: Rules, surveys: frozenset[str]) -> dict[Key, tuple[float, float]]:
    """Return value and n of what earlier publications say of surveys."""
    if rules.published is None:
        return {}
    return {
        Key(row["source"], row["indicator"], row["period"], tuple(row["areas"].split())): (
            float(row["value"]),
            float(row["n"]),
        )
        for row in _records(rules.published)
        if row["source"] in surveys
    }


def _unions(figures: pd.DataFrame, rules: Rules, surveys: frozenset[str]) -> Iterable[Union]:
    """Yield every figure of an own area of which at least one part is a survey's."""
    asked = figures[figures["source"].isin(surveys) & figures["value"].notna()]
    by_area = asked.groupby("area").indices
    for own in rules.owns:
        codes = [part.code for part in own.parts if part.code in by_area]
        if not codes:
            continue
        sources: dict[tuple[str, str], dict[str, str]] = {}
        for row in _records(asked[asked["area"].isin(codes)]):
            if row["indicator"] in rules.indicators:
                topic = sources.setdefault((row["indicator"], row["period"]), {})
                topic[row["area"]] = row["source"]
        rows = figures[figures["area"].isin({part.code for part in own.parts})]
        found = combined(own, rows, rules.indicators, sorted(sources))
        for cell, (figure, factors) in found.items():
            named = replace(figure, source=min(sources[cell].values()))
            yield Union(own, named, factors, frozenset(sources[cell]))


def _parents(areas: pd.DataFrame, year: int) -> dict[str, str]:
    """Return code → parent, by the division that is shown where that has the area."""
    ordered = areas.assign(_now=areas["boundary_year"] == year).sort_values("_now", kind="stable")
    return dict(zip(ordered["code"], ordered["parent"], strict=True))


def key_of(row: Mapping[str, Any]) -> Key:
    """Return which figure stands in a row."""
    return Key(row["source"], row["indicator"], row["period"], (row["area"],))


def rows_of(figures: pd.DataFrame, withheld: Collection[Key]) -> pd.Series[bool]:
    """Return which rows have a figure that is withheld."""
    import pandas as pd

    keys = {(k.places[0], k.indicator, k.period, k.source) for k in withheld if len(k.places) == 1}
    hit = [row in keys for row in figures[KEY].itertuples(index=False, name=None)]
    return pd.Series(hit, index=figures.index, dtype=bool) & figures["value"].notna()


def ratios_of(
    figures: pd.DataFrame, withheld: pd.Series[bool], rules: Rules, surveys: frozenset[str]
) -> pd.Series[bool]:
    """Return the ratios of which a part is withheld: the other part would give it away."""
    gone = {key_of(row) for row in _records(figures[withheld])}
    ratios = {i.id: i.ratio for i in rules.indicators.values() if i.ratio is not None}
    asked = figures[figures["source"].isin(surveys) & figures["indicator"].isin(set(ratios))]
    keys = [key_of(row) for row in _records(asked)]
    hit = {
        key
        for key in keys
        if any(replace(key, indicator=part) in gone for part in ratios[key.indicator])
    }
    return rows_of(figures, hit)


def _records(rows: pd.DataFrame) -> list[dict[str, Any]]:
    """Return rows as dictionaries."""
    return [{str(name): cell for name, cell in row.items()} for row in rows.to_dict("records")]
