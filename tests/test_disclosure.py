"""The primary rule of disclosure control, and what it refuses; test_attack.py has the rest."""

from __future__ import annotations

import math

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import indicator
from wijkprofiel import disclosure
from wijkprofiel.errors import DisclosureError
from wijkprofiel.model import Edition, SourceTable, Thresholds
from wijkprofiel.tables import INDICATOR_COLUMNS, check_indicators

KNOWN = {
    "roken": indicator("roken"),
    "leden": indicator("leden", unit="count"),
    "afstand": indicator("afstand", unit="km"),
}


def source(name: str, *, survey: bool) -> SourceTable:
    return SourceTable(
        id=name,
        title=name,
        producer="GGD",
        licence="eigen",
        kind="table",
        survey=survey,
        editions=(Edition(table="t", periods=("2024",), division=2024),),
    )


SOURCES = {"enquete": source("enquete", survey=True), "open": source("open", survey=False)}


def table(
    value: float,
    n: float,
    *,
    name: str = "roken",
    origin: str = "enquete",
    areas: tuple[str, ...] = ("WK000001",),
) -> pd.DataFrame:
    rows = [(area, name, "2024", value, value - 1, value + 1, n, "ok", origin) for area in areas]
    return pd.DataFrame(rows, columns=list(INDICATOR_COLUMNS))


def is_withheld(figures: pd.DataFrame) -> bool:
    safe = disclosure.suppress(figures, SOURCES, KNOWN)
    check_indicators(safe, "a test")
    row = safe.iloc[0]
    wiped = all(math.isnan(row[name]) for name in ("value", "lower", "upper", "n"))
    assert wiped == (row["status"] == "suppressed")
    return wiped


@pytest.mark.parametrize(
    ("value", "n", "withheld"),
    [
        (50, 29, True),  # n < 30
        (50, 30, False),
        (4, 100, True),  # 4 people
        (5, 100, False),
        (96, 100, True),  # 4 people did not
        (95, 100, False),
        (0, 500, True),
        (100, 500, True),
        (14.3, 34, True),  # 4.86 people
        (14.8, 34, False),  # 5.03 people
        (50, math.nan, True),  # nobody can tell
    ],
)
def test_a_percentage_is_withheld_when_a_cell_is_small(
    value: float, n: float, *, withheld: bool
) -> None:
    assert is_withheld(table(value, n)) is withheld


@pytest.mark.parametrize(
    ("value", "n", "withheld"), [(4, 100, True), (5, 100, False), (96, 100, True), (40, 29, True)]
)
def test_a_count_is_its_own_cell(value: float, n: float, *, withheld: bool) -> None:
    assert is_withheld(table(value, n, name="leden")) is withheld


@pytest.mark.parametrize(("value", "n", "withheld"), [(0.4, 30, False), (0.4, 29, True)])
def test_a_distance_has_no_cell_only_people(value: float, n: float, *, withheld: bool) -> None:
    assert is_withheld(table(value, n, name="afstand")) is withheld


@pytest.mark.parametrize(
    ("people", "cell", "value", "n", "withheld"),
    [
        (30, 5, 50, 29, True),
        (10, 5, 50, 29, False),
        (10, 5, 50, 9, True),
        (10, 2, 10, 29, False),  # 2.9 people
        (10, 3, 10, 29, True),
        (50, 5, 50, 49, True),
    ],
)
def test_thresholds_are_those_of_the_source(
    people: int, cell: int, value: float, n: float, *, withheld: bool
) -> None:
    rule = Thresholds(people=people, cell=cell)
    own = {"enquete": SOURCES["enquete"].model_copy(update={"disclosure": rule})}
    safe = disclosure.suppress(table(value, n), own, KNOWN)
    assert (safe.loc[0, "status"] == "suppressed") is withheld


def test_open_figures_are_left_alone() -> None:
    figures = table(0.0, math.nan, origin="open")
    pd.testing.assert_frame_equal(disclosure.suppress(figures, SOURCES, KNOWN), figures)


def test_the_given_table_is_not_changed() -> None:
    figures = table(50, 10)
    disclosure.suppress(figures, SOURCES, KNOWN)
    assert figures.loc[0, "value"] == 50


def test_a_missing_value_keeps_its_own_reason() -> None:
    figures = table(math.nan, 10)
    figures["status"] = "not_measured"
    safe = disclosure.suppress(figures, SOURCES, KNOWN)
    assert safe["status"].tolist() == ["not_measured"]


@given(st.floats(0, 100), st.integers(1, 400))
def test_what_is_shown_is_never_a_small_cell(value: float, n: int) -> None:
    safe = disclosure.suppress(table(value, n), SOURCES, KNOWN).iloc[0]
    if safe["status"] == "ok":
        cell = n * value / 100
        assert n >= 30
        assert cell >= 5 - 1e-6
        assert n - cell >= 5 - 1e-6


def test_an_own_area_of_survey_figures_is_refused() -> None:
    figures = table(50, 100, areas=("WK000001", "WK000002"))
    with pytest.raises(DisclosureError, match="give a part away"):
        disclosure.refuse_combined("noord", ["WK000001", "WK000002"], figures, SOURCES)


def test_one_part_or_open_figures_are_not_refused() -> None:
    survey = table(50, 100, areas=("WK000001", "WK000002"))
    disclosure.refuse_combined("noord", ["WK000001"], survey, SOURCES)
    disclosure.refuse_combined("zuid", ["WK000003", "WK000004"], survey, SOURCES)
    free = table(50, 100, origin="open", areas=("WK000001", "WK000002"))
    disclosure.refuse_combined("noord", ["WK000001", "WK000002"], free, SOURCES)
    assert disclosure.survey_sources(SOURCES) == {"enquete"}
