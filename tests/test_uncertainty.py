"""Standard errors, intervals and chances; margins where only the number of people is known."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from builders import indicator
from strategies import weights
from wijkprofiel.model import Bands, Outcome, SourceTable
from wijkprofiel.scoring import aggregate, intervals, uncertainty
from wijkprofiel.scoring.intervals import Gap, SlotErrors

Numbers = NDArray[np.float64]

sizes = st.floats(min_value=0.0, max_value=50.0)
people = st.integers(1, 100_000)

# --- figures --------------------------------------------------------------------------------


def test_a_standard_error_is_half_the_interval_over_1_96() -> None:
    """45.0–52.84: 7.84 / 3.92 = 2; on a mirrored scale the limits change places."""
    assert uncertainty.se_of([45.0, 52.84], [52.84, 45.0]) == pytest.approx([2.0, 2.0])
    assert math.isnan(uncertainty.se_of(45.0, np.nan))


@given(st.floats(-100, 100), sizes)
def test_an_interval_gives_back_its_standard_error(value: float, se: float) -> None:
    assert uncertainty.se_of(*uncertainty.interval(value, se)) == pytest.approx(se, abs=1e-9)


@given(people, st.floats(0, 1))
def test_wilson_holds_the_share_and_stays_a_share(n: int, share: float) -> None:
    low, high = (float(side) for side in uncertainty.wilson(share * n, n))
    assert 0 <= low <= share + 1e-12
    assert share - 1e-12 <= high <= 1
    other = uncertainty.wilson(n - share * n, n)
    np.testing.assert_allclose([low, high], [1 - other[1], 1 - other[0]], atol=1e-9)


@given(people, people, st.floats(0, 1))
def test_more_people_make_a_narrower_interval(one: int, two: int, share: float) -> None:
    few, many = sorted((one, two))
    width = [np.ptp(uncertainty.wilson(share * n, n)) for n in (few, many)]
    assert width[1] <= width[0] + 1e-12


@given(st.integers(0, 10**6), st.sampled_from([0.9, 0.95]))
def test_byar_holds_the_count(events: int, level: float) -> None:
    low, high = uncertainty.byar(events, level)
    assert 0 <= float(low) <= events < float(high)


def test_nobody_asked_is_no_interval() -> None:
    assert np.isnan(uncertainty.wilson([0, 1], [0, np.nan])).all()
    assert np.isnan(uncertainty.wilson([-1, 21], [20, 20])).all()
    assert np.isnan(uncertainty.byar([-1.0, np.nan])).all()


# --- combinations ---------------------------------------------------------------------------

parts = st.lists(st.tuples(sizes, weights), min_size=1, max_size=8)


@given(parts)
def test_a_mean_of_independent_errors_is_never_less_sure(pairs: list[tuple[float, float]]) -> None:
    se, chosen = (np.array(column) for column in zip(*pairs, strict=True))
    found = uncertainty.mean_se(se, chosen)
    assert 0 <= found.apart <= found.together * (1 + 1e-12)
    assert found.together <= se.max() * (1 + 1e-12)


@given(parts, st.floats(0.01, 100), st.randoms())
def test_the_scale_of_weights_and_the_order_of_parts_change_no_error(
    pairs: list[tuple[float, float]], scale: float, random: Any
) -> None:
    found = uncertainty.mean_se(*zip(*pairs, strict=True))
    mixed = [(se, w * scale) for se, w in random.sample(pairs, len(pairs))]
    np.testing.assert_allclose(uncertainty.mean_se(*zip(*mixed, strict=True)), found, atol=1e-9)


@given(parts, st.lists(st.floats(-5, 5), min_size=8, max_size=8))
def test_the_effects_on_a_weighted_mean_are_its_weights(
    pairs: list[tuple[float, float]], values: list[float]
) -> None:
    se, chosen = (np.array(column) for column in zip(*pairs, strict=True))
    found = uncertainty.effects(
        lambda rows: aggregate.arithmetic(rows, chosen)[0], values[: len(se)], se
    )
    np.testing.assert_allclose(found, chosen * se / chosen.sum(), atol=1e-9)


def test_the_effect_on_a_geometric_mean_is_its_slope() -> None:
    """G = √(4·9) = 6; ∂G/∂x = G/(2x) = 0.75 and 1/3; standard errors 0.04 and 0.09."""
    found = uncertainty.effects(
        lambda rows: aggregate.geometric(rows, [1.0, 1.0])[0], [4.0, 9.0], [0.04, 0.09]
    )
    assert found == pytest.approx([0.03, 0.03], rel=1e-3)


def test_a_missing_part_has_no_effect_and_one_without_margin_an_unknown_one() -> None:
    found = uncertainty.effects(
        lambda rows: aggregate.arithmetic(rows, [1.0, 1.0, 2.0])[0],
        [1.0, np.nan, 2.0],
        [0.3, np.nan, np.nan],
    )
    assert found[:2].tolist() == pytest.approx([0.1, 0.0])
    assert math.isnan(found[2])
    assert math.isnan(uncertainty.errors(found).together)


# --- chances ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("z", "below"), [(0.0, 0.5), (1.0, 0.841345), (1.644854, 0.95), (2.575829, 0.995)]
)
def test_the_chance_is_that_of_the_normal_table(z: float, below: float) -> None:
    assert uncertainty.probability(3 * z, 3.0) == pytest.approx(below, abs=1e-6)
    assert uncertainty.p_value(-3 * z, 3.0) == pytest.approx(2 * (1 - below), abs=1e-6)


@given(st.floats(-10, 10), st.floats(0.01, 10))
def test_the_two_sides_share_the_chance(difference: float, se: float) -> None:
    up, down = (float(uncertainty.probability(d, se)) for d in (difference, -difference))
    assert up + down == pytest.approx(1.0)
    assert uncertainty.p_value(difference, se) == pytest.approx(2 * min(up, down), abs=1e-12)


def test_without_error_there_is_no_doubt() -> None:
    assert uncertainty.probability([0.1, 0.0, -0.1], [0.0, 0.0, 0.0]).tolist() == [1.0, 0.5, 0.0]
    assert uncertainty.p_value([0.1, 0.0], [0.0, 0.0]).tolist() == [0.0, 1.0]


# --- slots and domains --------------------------------------------------------------------------


def test_a_slot_needs_the_margins_of_all_its_indicators() -> None:
    found = SlotErrors.of([["a", "b"], [], ["c"]], {"a": 0.3, "c": 0.2})
    assert found.kind == "incomplete"
    assert np.isnan(found.together).tolist() == [True, True, False]
    assert SlotErrors.of([["a"]], {}).kind == "none"


@given(st.floats(-4, 4), st.floats(0.01, 2))
def test_a_verdict_on_a_domain_mirrors(z: float, se: float) -> None:
    up, down = (intervals.verdict(Gap("X", value, se=se), Bands()) for value in (z, -z))
    turned = {
        Outcome.FAVOURABLE: Outcome.UNFAVOURABLE,
        Outcome.UNFAVOURABLE: Outcome.FAVOURABLE,
    }
    assert down.outcome is turned.get(up.outcome, up.outcome)
    assert up.strength == down.strength


# --- margins where the number of people is known -------------------------------------------------


def source(name: str, **more: Any) -> SourceTable:
    return SourceTable(
        id=name, title=name, producer="GGD", licence="own", kind="table", editions=(), **more
    )


SOURCES = {
    "enquete": source("enquete", survey=True),
    "register": source("register"),
    "model": source("model", model_figures=True),
}
TOPICS = {
    "eenzaam": indicator("eenzaam", "worse"),
    "leden": indicator("leden", unit="count"),
    "cijfer": indicator("cijfer", unit="ratio"),
}


def table(*rows: tuple[str, str, float, float, float, float]) -> pd.DataFrame:
    """Rows of indicator, source, value, lower, upper, n."""
    columns = ["indicator", "source", "value", "lower", "upper", "n"]
    figures = pd.DataFrame(list(rows), columns=columns)
    status = figures["value"].notna().map({True: "ok", False: "suppressed"})
    return figures.assign(area="WK000101", period="2024", status=status)


NAN = math.nan


def limits(row: tuple[str, str, float, float, float, float]) -> list[float]:
    found = uncertainty.with_margins(table(row), SOURCES, TOPICS)
    return [float(found[side].iloc[0]) for side in ("lower", "upper")]


def test_a_percentage_of_known_people_has_wilson_limits() -> None:
    """PHEindicatormethods: 65 of 100 is 55.254443–73.635752 %."""
    for name in ("enquete", "register"):
        assert limits(("eenzaam", name, 65.0, NAN, NAN, 100.0)) == pytest.approx(
            [55.254443, 73.635752], abs=1e-6
        )


def test_a_count_in_a_survey_is_a_share_of_the_people_asked() -> None:
    assert limits(("leden", "enquete", 65.0, NAN, NAN, 100.0)) == pytest.approx(
        [55.254443, 73.635752], abs=1e-6
    )


def test_a_count_of_events_has_byar_limits() -> None:
    """PHEindicatormethods: 65 events are 50.163188–82.849139."""
    assert limits(("leden", "register", 65.0, NAN, NAN, 9000.0)) == pytest.approx(
        [50.163188, 82.849139], abs=1e-6
    )


@pytest.mark.parametrize(
    "row",
    [
        ("eenzaam", "model", 65.0, NAN, NAN, 100.0),  # a model's error is not that of a sample
        ("leden", "register", 65.0, NAN, NAN, NAN),  # nobody says how many people
        ("cijfer", "enquete", 0.5, NAN, NAN, 100.0),  # neither a percentage nor a count
        ("eenzaam", "enquete", NAN, NAN, NAN, NAN),  # withheld
    ],
)
def test_where_the_error_is_not_that_of_a_sample_no_limits_are_made_up(
    row: tuple[str, str, float, float, float, float],
) -> None:
    assert np.isnan(limits(row)).all()


def test_published_limits_win() -> None:
    assert limits(("eenzaam", "enquete", 65.0, 50.0, 80.0, 100.0)) == [50.0, 80.0]


@settings(deadline=None, max_examples=50)
@given(st.integers(30, 5000), st.floats(0, 100))
def test_made_limits_hold_the_figure(n: int, value: float) -> None:
    low, high = limits(("eenzaam", "enquete", value, NAN, NAN, float(n)))
    assert 0 <= low <= value <= high <= 100
