"""What breaks a table's contract is named row by row, all at once."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from wijkprofiel import tables
from wijkprofiel.errors import DataError


def indicator_table(*changes: dict[str, Any]) -> pd.DataFrame:
    row = {
        "area": "WK000001", "indicator": "eenzaam", "period": "2020", "value": 48.9,
        "lower": 47.0, "upper": 50.0, "n": 800.0, "status": "ok", "source": "s",
    }  # fmt: skip
    return pd.DataFrame([row | change for change in changes])


def test_a_sound_table_passes_with_its_columns_in_order() -> None:
    table = indicator_table({}, {"area": "WK000002", "value": None, "status": "unknown",
                                 "lower": None, "upper": None, "n": None})  # fmt: skip
    checked = tables.check_indicators(table[table.columns[::-1]], "a.csv")
    assert tuple(checked.columns) == tables.INDICATOR_COLUMNS
    assert checked["value"].isna().tolist() == [False, True]


@pytest.mark.parametrize(
    ("change", "gist"),
    [
        ({"value": None}, "a value stands beside status 'ok'"),
        ({"status": "suppressed"}, "a value stands beside status 'ok'"),
        ({"status": "weg"}, "status"),
        ({"area": "Ridderveld"}, "area"),
        ({"period": "vorig jaar"}, "period"),
        ({"n": -1.0}, "n"),
        ({"lower": 49.5}, "own interval"),
        ({"upper": 48.0}, "own interval"),
    ],
)
def test_each_broken_rule_is_named(change: dict[str, Any], gist: str) -> None:
    with pytest.raises(DataError) as failure:
        tables.check_indicators(indicator_table({"area": "WK000009"}, change), "a.csv")
    assert gist in str(failure.value.problems[0])
    assert failure.value.problems[0].where == "a.csv"


def test_doubled_rows_are_named_with_the_key_that_doubles() -> None:
    table = indicator_table({}, {}, {"area": "WK000002"})
    with pytest.raises(DataError, match="WK000001, eenzaam, 2020 stands there 2 times"):
        tables.check_indicators(table, "a.csv")


def test_all_problems_come_at_once() -> None:
    table = indicator_table({"status": "weg", "area": "x"}, {}, {})
    with pytest.raises(DataError) as failure:
        tables.check_indicators(table, "a.csv")
    text = " ".join(str(p) for p in failure.value.problems)
    assert "weg" in text
    assert "'x'" in text
    assert "stands there 2 times" in text


def test_the_percentiles_are_those_that_charts_and_groups_need() -> None:
    # issue: 1.25 … 98.75 in steps of 2.5, and 2.5, 20, 25, 40, 60, 75, 80, 97.5 (and the median)
    assert len(tables.PERCENTILES) == 40 + 9
    assert {1.25, 98.75, 2.5, 97.5, 20, 25, 40, 50, 60, 75, 80} <= set(tables.PERCENTILES)
    assert list(tables.PERCENTILES) == sorted(tables.PERCENTILES)


def test_a_reference_with_a_mean_outside_its_extremes_is_refused() -> None:
    row = dict.fromkeys(tables.REFERENCE_COLUMNS, 1.0) | {
        "kind": "indicator", "id": "eenzaam", "framework": "", "period": "2020", "n": 30,
        "minimum": 2.0, "maximum": 3.0,
    }  # fmt: skip
    with pytest.raises(DataError, match="between the extremes"):
        tables.check_reference(pd.DataFrame([row]), "reference.csv")
