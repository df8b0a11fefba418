"""Changes by the trend rule, and the strongest of a gemeente."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Sequence
from statistics import NormalDist

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import own
from sample import config, dataset
from wijkprofiel.model import Change, Figure, Placing, Status
from wijkprofiel.profile import make
from wijkprofiel.scoring import trends
from wijkprofiel.scoring.rounding import half_up
from wijkprofiel.scoring.trends import Span


def figures(
    values: Sequence[float | None],
    se: float | Sequence[float | None] | None = None,
    first: int = 2016,
) -> list[Figure]:
    """One figure a year; ``se`` for all, or one each."""
    errors = se if isinstance(se, Sequence) else [se] * len(values)
    return [
        Figure(
            "x",
            str(first + i),
            value,
            Status.UNKNOWN if value is None else Status.OK,
            lower=None if value is None or e is None else value - 1.96 * e,
            upper=None if value is None or e is None else value + 1.96 * e,
        )
        for i, (value, e) in enumerate(zip(values, errors, strict=True))
    ]


def change(
    values: Sequence[float | None], se: float | Sequence[float | None] | None = None
) -> Change:
    found = trends.change(figures(values, se), 0)
    assert found is not None
    return found


# --- slopes -----------------------------------------------------------------------------


def test_the_limit_of_a_slope_is_p_of_two_in_a_thousand() -> None:
    z = math.sqrt(trends.SLOPE_LIMIT)
    assert 2 * (1 - NormalDist().cdf(z)) == pytest.approx(0.002, abs=1e-6)


def test_a_slope_by_hand() -> None:
    """t − 2 = −2 … 2 and y = 10 12 11 15 16: Σ(t−2)y = 15, b = 1.5, χ² = 1.5²·10 = 22.5."""
    b, statistic = trends.slope([0, 1, 2, 3, 4], [10, 12, 11, 15, 16], [1] * 5)
    assert [b, statistic] == pytest.approx([1.5, 22.5])
    found = change([10.0, 12.0, 11.0, 15.0, 16.0], 1.0)
    assert (found.outcome, found.method, found.tested) == ("rise", "slope", True)
    assert found.statistic == pytest.approx(22.5)
    assert (found.first, found.last, found.difference) == ("2016", "2020", 6.0)


def test_errors_that_are_twice_as_large_leave_it_unclear() -> None:
    found = change([10.0, 12.0, 11.0, 15.0, 16.0], 2.0)
    assert found.statistic == pytest.approx(22.5 / 4)
    assert found.outcome == "unclear"


def test_weights_are_one_over_the_squared_error() -> None:
    """Three points, the middle one with w = 4: t̄ = 1, b = (−y₀ + y₂)/2, var = 1/2."""
    b, statistic = trends.slope([0, 1, 2], [1.0, 50.0, 4.0], [1.0, 0.5, 1.0])
    assert [b, statistic] == pytest.approx([1.5, 1.5**2 * 2])
    # and with w = 4 for the last: t̄ = 9/6, b = (4·0.5·4 − 0.5·50 − 1.5·1)/(1 + 0.25 + 2.25)
    b, _ = trends.slope([0, 1, 2], [1.0, 50.0, 4.0], [1.0, 1.0, 0.5])
    assert b == pytest.approx((8 - 25 - 1.5) / 3.5)


def test_one_point_alone_makes_no_trend() -> None:
    """b = 4, χ² = 640; without the last point the slope is 0."""
    found = change([10.0, 10.0, 10.0, 10.0, 30.0], 0.5)
    assert found.statistic == pytest.approx(640.0)
    assert found.outcome == "unclear"


def test_years_count_not_steps() -> None:
    """A straight line over 2012, 2016, 2020, 2022, 2024 has one slope per year."""
    years = ["2012", "2016", "2020", "2022", "2024"]
    points = [
        dataclasses.replace(f, period=year)
        for f, year in zip(figures([float(int(y) - 2000) for y in years], 1.0), years, strict=True)
    ]
    found = trends.change(points, 0)
    spread = sum((int(y) - 2018.8) ** 2 for y in years)
    assert found is not None
    assert found.statistic == pytest.approx(spread)


@given(st.lists(st.floats(1, 99), min_size=5, max_size=8), st.floats(0.2, 5))
def test_the_mirror_image_of_a_rise_is_a_fall(values: list[float], se: float) -> None:
    up, down = change(values, se), change([100 - v for v in values], se)
    mirrored = {"rise": "fall", "fall": "rise"}
    assert down.outcome == mirrored.get(up.outcome, up.outcome)
    assert down.statistic == pytest.approx(up.statistic, rel=1e-6, abs=1e-6)


# --- two periods, and descriptions ------------------------------------------------------


@pytest.mark.parametrize(("last", "outcome"), [(42.8, "rise"), (42.7, "unclear"), (37.2, "fall")])
def test_two_periods_with_margins(last: float, outcome: str) -> None:
    """se 1 each: Δ must exceed 1.96·√2 = 2.772."""
    found = change([40.0, last], 1.0)
    assert (found.outcome, found.method) == (outcome, "two-periods")
    assert found.statistic == pytest.approx((last - 40) / math.sqrt(2))


def test_three_periods_compare_the_first_and_the_last_with_a_figure() -> None:
    found = change([None, 40.0, 70.0, 45.0, None], 1.0)
    assert (found.first, found.last, found.difference) == ("2017", "2019", 5.0)
    assert (found.outcome, found.method) == ("rise", "two-periods")


@pytest.mark.parametrize(
    ("values", "outcome"),
    [
        ([39.4, 48.9], "rise"),
        ([45.6, 46.4], "same"),
        ([46.4, 46.5], "rise"),
        ([50.0, 41.0], "fall"),
    ],
)
def test_without_margins_a_change_is_described_as_it_is_printed(
    values: list[float | None], outcome: str
) -> None:
    found = change(values)
    assert (found.outcome, found.method, found.tested, found.statistic) == (
        outcome,
        "described",
        False,
        None,
    )


def test_a_margin_at_one_end_tests_nothing() -> None:
    assert change([39.0, 49.0], [1.0, None]).method == "described"
    assert change([39.0, 40.0, 41.0, 42.0, 49.0], [1.0, None, 1.0, 1.0, 1.0]).method == (
        "two-periods"
    )


def test_one_figure_is_no_change() -> None:
    assert trends.change(figures([None, 40.0]), 0) is None


# --- the strongest of all wijken --------------------------------------------------------


def span(changes: list[float], se: float = math.nan) -> Span:
    """Wijken that start at 40, and whose changes have the same errors."""
    start = np.where(np.isnan(changes), np.nan, 40.0)
    errors = np.where(np.isnan(changes), np.nan, se)
    return Span(start, start + np.array(changes), errors, errors)


def place(changes: list[float], se: float = math.nan, position: int = 0) -> Placing | None:
    made = span(changes, se)
    given = None if math.isnan(se) else se
    mine = trends.change(
        figures([float(made.first[position]), float(made.last[position])], given), 0
    )
    assert mine is not None
    return trends.placing(mine, made, position, decimals=0, least=1.0, model_figures=True)


def test_a_described_rise_is_the_strongest_by_a_whole_point() -> None:
    assert place([9.0, 8.0, 3.0, -2.0, 0.0]) == Placing("rise", 5, False, True)
    assert place([9.0, 8.6, 3.0, -2.0, 0.0]) is None  # both 9 on paper
    assert place([9.0, 8.0, 3.0, -2.0, 0.0], position=1) is None
    assert place([9.0, 8.0, 3.0, -2.0, 0.0], position=3) == Placing("fall", 5, False, True)


def test_no_fall_is_the_strongest_where_nothing_fell() -> None:
    assert place([9.0, 8.0, 3.0, 2.0, 1.0], position=4) is None


def test_fewer_than_five_wijken_have_no_strongest() -> None:
    assert place([9.0, 1.0, 1.0, 1.0]) is None
    assert place([9.0, 1.0, 1.0, 1.0, math.nan]) is None
    assert place([9.0, 1.0, 1.0, 1.0, 1.0, math.nan]) == Placing("rise", 5, False, True)


def test_a_wijk_with_half_a_change_forbids_the_claim() -> None:
    made = span([9.0, 1.0, 1.0, 1.0, 1.0, 1.0])
    gone = dataclasses.replace(made, last=np.where(np.arange(6) == 3, np.nan, made.last))
    mine = trends.change(figures([40.0, 49.0]), 0)
    assert mine is not None
    assert trends.placing(mine, made, 0, decimals=0, least=1.0, model_figures=False) is not None
    assert trends.placing(mine, gone, 0, decimals=0, least=1.0, model_figures=False) is None


def test_a_tested_claim_holds_against_every_other_wijk() -> None:
    """se 1 at both ends: a change has √2, a difference of two 2, one-sided 1.6449·2 = 3.29."""
    assert place([9.0, 5.7, 1.0, 1.0, 1.0], 1.0) == Placing("rise", 5, True, True)
    assert place([9.0, 5.72, 1.0, 1.0, 1.0], 1.0) is None
    # 2.5 is no rise by itself (2.77), however far the others fell
    assert place([2.5, -9.0, -9.0, -9.0, -9.0], 1.0) is None
    # 40.0 to 40.4 is certain with an se of 0.1, and no rise on paper
    assert place([0.4, -9.0, -9.0, -9.0, -9.0], 0.1) is None
    assert place([0.5, -9.0, -9.0, -9.0, -9.0], 0.1) == Placing("rise", 5, True, True)


def test_some_wijken_without_margins_is_neither_tested_nor_described() -> None:
    made = span([9.0, 1.0, 1.0, 1.0, 1.0], 1.0)
    lost = dataclasses.replace(made, last_se=np.where(np.arange(5) == 2, np.nan, made.last_se))
    for errors in (1.0, None):
        mine = trends.change(figures([40.0, 49.0], errors), 0)
        assert mine is not None
        assert trends.placing(mine, lost, 0, decimals=0, least=1.0, model_figures=False) is None


@given(
    st.lists(st.floats(-20, 20), min_size=5, max_size=9),
    st.sampled_from([math.nan, 1.0]),
    st.data(),
)
def test_at_most_one_rise_and_one_fall_and_no_order(
    changes: list[float], se: float, data: st.DataObject
) -> None:
    found = [place(changes, se, i) for i in range(len(changes))]
    assert sum(f is not None and f.outcome == "rise" for f in found) <= 1
    assert sum(f is not None and f.outcome == "fall" for f in found) <= 1
    order = data.draw(st.permutations(range(len(changes))))
    again = [place([changes[j] for j in order], se, i) for i in range(len(order))]
    assert again == [found[j] for j in order]


def test_the_placings_of_the_sample_are_those_of_the_suppliers_rows() -> None:
    """Every wijk of one gemeente on four topics, worked out once more from the rows."""
    conf, data = config(), dataset()
    now = data.areas[data.areas["boundary_year"] == data.boundary_year]
    wijken = now.loc[(now["parent"] == "GM0484") & (now["level"] == "wijk"), "code"]
    trends_of = {code: make(own(code, conf, data), conf, data).topics for code in wijken}
    claims = 0
    for name in ("rokers", "overgewicht", "eenzaam", "ervaren-gezondheid"):
        rows = data.figures[(data.figures["indicator"] == name) & (data.figures["status"] == "ok")]
        wide = rows.pivot_table(index="area", columns="period", values="value")
        there = wide.reindex(wijken)[["2012", "2020"]].dropna(how="all")
        assert len(there) >= 5
        assert not there.isna().any(axis=None)
        printed = there["2020"].map(half_up) - there["2012"].map(half_up)
        exact = (there["2020"] - there["2012"]).round(9)
        for code in there.index:
            others, first = printed.drop(code), exact.drop(code)
            expected = None
            if printed[code] > 0 and printed[code] > others.max() and exact[code] > first.max():
                expected = Placing("rise", len(there), False, True)
            if printed[code] < 0 and printed[code] < others.min() and exact[code] < first.min():
                expected = Placing("fall", len(there), False, True)
            claims += expected is not None
            trend = trends_of[code][name].trend
            assert trend is not None
            assert trend.placing == expected, (name, code)
    assert claims > 0
