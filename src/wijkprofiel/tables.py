"""The named contracts under which tables cross a module border (pandera, only here).

IndicatorTable: one row per area, indicator and period.

    area       str    CBS code
    indicator  str    id from the configs
    period     str    "2020"
    value      float  in the indicator's unit; NaN unless status is "ok"
    lower      float  95 % interval, NaN where the table has no margins
    upper      float
    n          float  people it is based on, NaN where unknown
    status     str    a value of :class:`wijkprofiel.model.Status`
    source     str    id of the source table

AreaTable: one row per area and boundary year: code, name, level, parent, boundary_year,
population (float, NaN unknown). Outlines (geometry, EPSG:28992, metres) travel beside it in a
GeoDataFrame with the columns code, name, level, parent, boundary_year, geometry.

ReferenceTable: one row per measure and period, see :data:`PERCENTILES`.

CrosswalkTable: one row per area, or per area and the area it comes from: area, from_year,
to_year, status (same, changed, new, gone, or a :data:`wijkprofiel.model.Conversion`), basis,
from_area ("" for none), weight (people that both areas share; NaN without from_area).

ScenarioTable: one row per domain, period, normalisation, aggregation and slot that is left out
("" for none), with the SD over the reference areas for each set of weights (draw-1, draw-2 ...)
and the fingerprint of the framework that it was made with. A framework with fewer sets than
another leaves the last columns empty (NaN).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from wijkprofiel.errors import DataError, Problem
from wijkprofiel.model.computed import Level, Status

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pandas as pd
    import pandera.pandas as pa
    from pandera.errors import SchemaErrors

PERCENTILES: tuple[float, ...] = tuple(
    sorted({1.25 + 2.5 * step for step in range(40)} | {2.5, 20, 25, 40, 50, 60, 75, 80, 97.5})
)
"""Percentiles that charts and groups need: 40 ticks, the middle half, fifths, the outer 2.5 %."""

INDICATOR_COLUMNS = (
    "area", "indicator", "period", "value", "lower", "upper", "n", "status", "source",
)  # fmt: skip
INDICATOR_KEY = ["area", "indicator", "period"]
AREA_COLUMNS = ("code", "name", "level", "parent", "boundary_year", "population")
CROSSWALK_COLUMNS = ("area", "from_year", "to_year", "status", "basis", "from_area", "weight")
CROSSWALK_KEY = ["area", "from_year", "to_year", "from_area"]
CROSSWALK_STATUSES = ("same", "changed", "new", "gone", "renumbered", "composed")
FROM_ANOTHER = ("renumbered", "composed")
"""Statuses of an area whose figures are those of other codes, which ``from_area`` names."""
REFERENCE_COLUMNS = (
    "kind", "id", "framework", "period", "n", "mean", "sd", "minimum", "maximum",
    *(f"p{p:g}" for p in PERCENTILES),
)  # fmt: skip

SCENARIO_COLUMNS = (
    "framework", "made_with", "domain", "period", "normalisation", "aggregation", "left_out",
)  # fmt: skip
SCENARIO_KEY = ["framework", "domain", "period", "normalisation", "aggregation", "left_out"]


def draw_columns(draws: int) -> list[str]:
    """Return the names of the columns with SDs of a ScenarioTable."""
    return [f"draw-{number}" for number in range(1, draws + 1)]


def check_indicators(table: pd.DataFrame, where: str) -> pd.DataFrame:
    """Return ``table`` as an IndicatorTable, columns in order.

    Args:
        table: rows as described in the module docstring.
        where: the file they came from, for the error.

    Raises:
        DataError: every row that breaks the contract, all at once.
    """
    return _check(table, _indicator_schema(), where, INDICATOR_KEY)


def check_areas(table: pd.DataFrame, where: str) -> pd.DataFrame:
    """Return ``table`` as an AreaTable.

    Raises:
        DataError: every row that breaks the contract, all at once.
    """
    return _check(table, _area_schema(), where, ["code", "boundary_year"])


def check_reference(table: pd.DataFrame, where: str) -> pd.DataFrame:
    """Return ``table`` as a ReferenceTable.

    Raises:
        DataError: every row that breaks the contract, all at once.
    """
    return _check(table, _reference_schema(), where, ["kind", "framework", "id", "period"])


def check_crosswalk(table: pd.DataFrame, where: str) -> pd.DataFrame:
    """Return ``table`` as a CrosswalkTable.

    Raises:
        DataError: every row that breaks the contract, all at once.
    """
    return _check(table, _crosswalk_schema(), where, CROSSWALK_KEY)


def check_scenarios(table: pd.DataFrame, where: str) -> pd.DataFrame:
    """Return ``table`` as a ScenarioTable, with as many columns of SDs as it has.

    Raises:
        DataError: every row that breaks the contract, all at once.
    """
    draws = max(1, len(table.columns) - len(SCENARIO_COLUMNS))
    return _check(table, _scenario_schema(draws), where, SCENARIO_KEY)


def _column(dtype: type, *checks: pa.Check, nullable: bool = False) -> pa.Column:
    import pandera.pandas as pa

    return pa.Column(dtype, checks=list(checks), nullable=nullable, coerce=True)


def _schema(columns: dict[str, pa.Column], *checks: pa.Check) -> pa.DataFrameSchema:
    import pandera.pandas as pa

    return pa.DataFrameSchema(columns, checks=list(checks), strict=True, ordered=False)


def _indicator_schema() -> pa.DataFrameSchema:
    import pandera.pandas as pa

    ok = Status.OK.value
    return _schema(
        {
            "area": _column(str, pa.Check.str_matches(r"^[A-Z]{2}\d{2,4}[0-9A-Z]{0,4}$")),
            "indicator": _column(str, pa.Check.str_length(min_value=1)),
            "period": _column(str, pa.Check.str_matches(r"^\d{4}")),
            "value": _column(float, nullable=True),
            "lower": _column(float, nullable=True),
            "upper": _column(float, nullable=True),
            "n": _column(float, pa.Check.ge(0), nullable=True),
            "status": _column(str, pa.Check.isin([s.value for s in Status])),
            "source": _column(str, pa.Check.str_length(min_value=1)),
        },
        pa.Check(
            lambda t: (t["status"] == ok) == t["value"].notna(),
            error="a value stands beside status 'ok' and beside no other",
        ),
        pa.Check(
            lambda t: ~((t["lower"] > t["value"]) | (t["upper"] < t["value"])),
            error="a value lies within its own interval",
        ),
    )


def _area_schema() -> pa.DataFrameSchema:
    import pandera.pandas as pa

    return _schema(
        {
            "code": _column(str, pa.Check.str_matches(r"^[A-Z]{2}\d{2,4}[0-9A-Z]{0,4}$")),
            "name": _column(str, pa.Check.str_length(min_value=1)),
            "level": _column(str, pa.Check.isin([level.value for level in Level])),
            "parent": _column(str),
            "boundary_year": _column(int, pa.Check.in_range(1990, 2100)),
            "population": _column(float, pa.Check.ge(0), nullable=True),
        }
    )


def _reference_schema() -> pa.DataFrameSchema:
    import pandera.pandas as pa

    numbers = {name: _column(float) for name in REFERENCE_COLUMNS[5:]}
    return _schema(
        {
            "kind": _column(str, pa.Check.isin(["indicator", "slot", "domain"])),
            "id": _column(str, pa.Check.str_length(min_value=1)),
            "framework": _column(str),
            "period": _column(str),
            "n": _column(int, pa.Check.ge(1)),
            **numbers,
        },
        pa.Check(lambda t: t["sd"] >= 0, error="a standard deviation is not negative"),
        pa.Check(
            lambda t: (t["minimum"] <= t["mean"]) & (t["mean"] <= t["maximum"]),
            error="the mean lies between the extremes",
        ),
    )


def _crosswalk_schema() -> pa.DataFrameSchema:
    import pandera.pandas as pa

    return _schema(
        {
            "area": _column(str, pa.Check.str_matches(r"^[A-Z]{2}\d{2,4}[0-9A-Z]{0,4}$")),
            "from_year": _column(int),
            "to_year": _column(int),
            "status": _column(str, pa.Check.isin(CROSSWALK_STATUSES)),
            "basis": _column(str, pa.Check.str_length(min_value=1)),
            "from_area": _column(str, pa.Check.str_matches(r"^([A-Z]{2}\d{2,4}[0-9A-Z]{0,4})?$")),
            "weight": _column(float, pa.Check.gt(0), nullable=True),
        },
        pa.Check(
            lambda t: t["status"].isin(FROM_ANOTHER) == (t["from_area"] != ""),
            error="'renumbered' and 'composed' need a from_area, and no other status has one",
        ),
        pa.Check(
            lambda t: (t["from_area"] != "") == t["weight"].notna(),
            error="a weight stands beside a from_area, and only there",
        ),
    )


def _scenario_schema(draws: int) -> pa.DataFrameSchema:
    import pandera.pandas as pa

    text = _column(str, pa.Check.str_length(min_value=1))
    return _schema(
        {
            **dict.fromkeys(SCENARIO_COLUMNS[:-1], text),
            "left_out": _column(str),
            "draw-1": _column(float, pa.Check.ge(0)),
            **{
                name: _column(float, pa.Check.ge(0), nullable=True)
                for name in draw_columns(draws)[1:]
            },
        }
    )


def _check(
    table: pd.DataFrame, schema: pa.DataFrameSchema, where: str, key: list[str]
) -> pd.DataFrame:
    import pandera.errors

    problems: list[Problem] = []
    try:
        table = schema.validate(table, lazy=True)
    except pandera.errors.SchemaErrors as failure:
        problems += _problems(failure, where)
    if set(key) <= set(table.columns):
        doubled = table[table.duplicated(key, keep=False)]
        for values, rows in doubled.groupby(key, sort=True):
            what = ", ".join(map(str, values))
            lines = ", ".join(str(i) for i in rows.index[:5])
            message = f"{what} stands there {len(rows)} times (rows {lines})"
            problems.append(Problem(where, message, "keep one row per " + ", ".join(key)))
    if problems:
        raise DataError.of(problems)
    return table[list(schema.columns)].reset_index(drop=True)


def _problems(failure: SchemaErrors, where: str) -> list[Problem]:
    problems = []
    cases = failure.failure_cases
    whole_row = cases["schema_context"] == "DataFrameSchema"
    for check, rows in cases[whole_row].groupby("check", sort=False):
        text = f"{_rows(rows['index'].unique())} breaks the rule: {check}"
        problems.append(Problem(where, text))
    for (column, check), rows in cases[~whole_row].groupby(
        ["column", "check"], sort=False, dropna=False
    ):
        text = f"{column}: {rows.iloc[0]['failure_case']!r} in {_rows(rows['index'])}"
        problems.append(Problem(where, f"{text} breaks the rule: {check}"))
    return problems


def _rows(index: Iterable[object]) -> str:
    numbers = [str(number) for number in index if number is not None]
    more = f" and {len(numbers) - 3} more" if len(numbers) > 3 else ""
    return "row " + ", ".join(numbers[:3]) + more if numbers else "the table"
