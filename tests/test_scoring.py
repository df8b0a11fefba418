"""Rounding, normalisation and aggregation."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from numpy.typing import NDArray

from strategies import deviations, percentages, tables
from wijkprofiel.scoring import aggregate, normalise
from wijkprofiel.scoring.normalise import Scale
from wijkprofiel.scoring.rounding import half_up

Numbers = NDArray[np.float64]

# --- rounding ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "decimals", "paper"),
    [
        (48.5, 0, 49),  # half to even would say 48
        (47.5, 0, 48),
        (0.5, 0, 1),
        (2.5, 0, 3),
        (48.49, 0, 48),
        (2.675, 2, 2.68),  # its binary fraction lies just below the half
        (1.005, 2, 1.01),
        (0.1 + 0.2, 1, 0.3),
        (48.49999999999999, 0, 49),  # a half that lost a bit on the way
        (12.4999999999999999, 0, 13),  # is 12.5 in binary
        (-2.5, 0, -3),
        (-0.5, 0, -1),
        (-1.25, 1, -1.3),
        (1_234_567.5, 0, 1_234_568),
    ],
)
def test_numbers_are_rounded_half_up(value: float, decimals: int, paper: float) -> None:
    assert half_up(value, decimals) == paper


def test_a_small_negative_number_is_zero_without_a_sign() -> None:
    assert math.copysign(1, half_up(-0.4)) == 1
    assert math.copysign(1, half_up(-0.0)) == 1


@given(st.floats(min_value=-1e6, max_value=1e6), st.integers(0, 3))
def test_rounding_mirrors_and_stays_near(value: float, decimals: int) -> None:
    assert half_up(-value, decimals) == -half_up(value, decimals)
    assert abs(half_up(value, decimals) - value) <= 0.5 * 10**-decimals + 1e-8


# --- normalise --------------------------------------------------------------------------


def test_z_of_the_worked_example() -> None:
    """method.md §3: 48.9 against 47.0, SD 5.57, higher is worse."""
    found = normalise.z(48.9, centre=47.0, sd=5.57, sign=-1)
    assert float(found) == pytest.approx(-0.34, abs=0.005)


def test_without_spread_there_is_no_z() -> None:
    assert np.isnan(normalise.z([1.0, 2.0], centre=1.0, sd=0.0)).all()


def test_a_missing_value_stays_missing() -> None:
    found = normalise.z([np.nan, 50.0], centre=40.0, sd=5.0)
    assert np.isnan(found[0])
    assert found[1] == 2.0


@given(st.lists(percentages, min_size=2, max_size=20), percentages, deviations)
def test_z_keeps_the_order_and_the_score_its_bounds(
    values: list[float], centre: float, sd: float
) -> None:
    ordered = sorted(values)
    z = normalise.z(ordered, centre=centre, sd=sd)
    score = normalise.display(z)
    assert (np.diff(z) >= 0).all()
    assert (np.diff(score) >= 0).all()
    assert ((score >= 0) & (score <= 10)).all()


@given(st.lists(percentages, min_size=1, max_size=20), percentages, deviations)
def test_flipping_the_direction_mirrors(values: list[float], centre: float, sd: float) -> None:
    up = normalise.z(values, centre=centre, sd=sd, sign=1)
    down = normalise.z(values, centre=centre, sd=sd, sign=-1)
    assert (up == -down).all()
    np.testing.assert_allclose(normalise.display(up) + normalise.display(down), 10)


@pytest.mark.parametrize(("z", "score"), [(0, 5), (3, 10), (-3, 0), (4, 10), (-9, 0), (1.5, 7.5)])
def test_the_score_is_five_plus_five_thirds_z(z: float, score: float) -> None:
    assert float(normalise.display(z)) == score


# --- every normalisation ------------------------------------------------------------------


GRID = (1.25, 2.5, 20.0, 25.0, 40.0, 50.0, 60.0, 75.0, 80.0, 97.5, 98.75)


@st.composite
def scales(draw: st.DrawFn) -> Scale:
    """Of a column of at least three figures that are not all alike."""
    column = np.array(draw(st.lists(percentages, min_size=3, max_size=40)))
    assume(column.min() < column.max())
    cuts = dict(zip(GRID, np.percentile(column, GRID), strict=True))
    assume(cuts[2.5] < cuts[97.5])
    worst_best = st.tuples(percentages, percentages).filter(lambda both: both[0] != both[1])
    return Scale(
        centre=draw(percentages),
        sd=float(column.std(ddof=1)),
        minimum=float(column.min()),
        maximum=float(column.max()),
        quantiles=cuts,
        goalposts=draw(st.none() | worst_best),
        target=draw(percentages),
    )


signs = st.sampled_from([1, -1])


@pytest.mark.parametrize("method", normalise.METHODS)
@given(scale=scales(), values=st.lists(percentages, min_size=2, max_size=20), sign=signs)
def test_every_method_is_bounded_and_monotone(
    method: str, scale: Scale, values: list[float], sign: int
) -> None:
    found = normalise.METHODS[method](sorted(values), scale=scale, sign=sign)
    shown = normalise.as_display(method, found)
    assert not np.isnan(found).any()
    assert (sign * np.diff(found) >= 0).all()
    assert ((shown >= 0) & (shown <= 10)).all()
    if method != "z":
        assert ((found >= 0) & (found <= 1)).all()


@pytest.mark.parametrize("method", [name for name in normalise.METHODS if name != "target"])
@given(scale=scales(), values=st.lists(percentages, min_size=1, max_size=20))
def test_flipping_the_direction_mirrors_every_method(
    method: str, scale: Scale, values: list[float]
) -> None:
    up, down = (normalise.METHODS[method](values, scale=scale, sign=sign) for sign in (1, -1))
    whole = 0 if method == "z" else 1
    np.testing.assert_allclose(up + down, whole, atol=1e-12)


@given(scale=scales(), values=st.lists(percentages, min_size=1, max_size=20), sign=signs)
def test_mirroring_the_figures_mirrors_the_distance_to_a_target(
    scale: Scale, values: list[float], sign: int
) -> None:
    """A target lies on one side, so that the figures and the direction mirror together."""
    assert scale.target is not None
    mirrored = replace(scale, minimum=-scale.maximum, maximum=-scale.minimum, target=-scale.target)
    there = normalise.target(values, scale=scale, sign=sign)
    back = normalise.target(-np.array(values), scale=mirrored, sign=-sign)
    np.testing.assert_allclose(there, back, atol=1e-12)


@pytest.mark.parametrize("method", normalise.METHODS)
@given(scale=scales(), values=st.lists(percentages, min_size=1, max_size=10), sign=signs)
def test_a_missing_figure_stays_missing_and_moves_no_other(
    method: str, scale: Scale, values: list[float], sign: int
) -> None:
    apply = normalise.METHODS[method]
    found = apply([*values, np.nan], scale=scale, sign=sign)
    assert np.isnan(found[-1])
    assert (found[:-1] == apply(values, scale=scale, sign=sign)).all()


@pytest.mark.parametrize("method", ["z", "min-max", "goalposts", "percentile"])
def test_where_all_areas_are_alike_no_method_has_a_yardstick(method: str) -> None:
    alike = Scale(4.0, 0.0, 4.0, 4.0, dict.fromkeys(GRID, 4.0))
    assert np.isnan(normalise.METHODS[method]([4.0, 5.0], scale=alike, sign=1)).all()


@pytest.mark.parametrize(("sign", "reached"), [(1, 3.0), (-1, 8.0)])
def test_a_target_that_everybody_has_reached_divides_only_who_has_not(
    sign: int, reached: float
) -> None:
    scale = Scale(5.0, 1.0, 4.0, 7.0, target=reached)
    found = normalise.target([reached - sign, reached, 5.0], scale=scale, sign=sign)
    assert found.tolist() == [0.0, 1.0, 1.0]


def test_the_percentile_of_a_reference_area_is_its_rank() -> None:
    """41 areas: every 2.5th percentile is one of them, so that the grid is exact."""
    column = np.arange(41.0) ** 2
    shares = [2.5 * step for step in range(1, 40)]
    cuts = dict(zip(shares, np.percentile(column, shares), strict=True))
    scale = Scale(0.0, 1.0, float(column.min()), float(column.max()), cuts)
    found = normalise.percentile(column, scale=scale)
    np.testing.assert_allclose(found, np.arange(41) / 40, atol=1e-12)
    np.testing.assert_allclose(found, normalise.percentile_rank(column), atol=1e-12)


@given(st.lists(percentages, min_size=2, max_size=60), st.randoms())
def test_a_percentile_rank_is_that_of_the_area_in_whatever_order_they_stand(
    values: list[float], random: Any
) -> None:
    assume(min(values) < max(values))
    order = random.sample(range(len(values)), len(values))
    column = np.array(values)
    found = normalise.percentile_rank(column)
    assert (normalise.percentile_rank(column[order]) == found[order]).all()
    by_hand = [
        (sum(other < one for other in values) + (sum(other == one for other in values) - 1) / 2)
        / (len(values) - 1)
        for one in values
    ]
    np.testing.assert_allclose(found, by_hand, atol=1e-12)
    np.testing.assert_allclose(normalise.percentile_rank(column, sign=-1), 1 - found)


def test_a_figure_beyond_the_reference_has_the_bound() -> None:
    scale = Scale(5.0, 1.0, 2.0, 8.0, {2.5: 3.0, 97.5: 7.0}, target=8.0)
    for method in ("min-max", "goalposts", "percentile", "target"):
        found = normalise.METHODS[method]([-50.0, 50.0], scale=scale, sign=1)
        assert found.tolist() == [0.0, 1.0]


# --- aggregate --------------------------------------------------------------------------


def lifted(values: Numbers, method: str) -> Numbers:
    """What a method counts with: a geometric mean with scores that are not below its floor."""
    return np.maximum(values, aggregate.FLOOR) if method == "geometric" else values


methods = pytest.mark.parametrize("method", aggregate.METHODS)


@methods
@given(table=tables())
def test_an_aggregate_lies_between_its_parts(method: str, table: tuple[Numbers, Numbers]) -> None:
    values, chosen = table
    means, _ = aggregate.METHODS[method](values, chosen)
    for row, mean in zip(lifted(values, method), means, strict=True):
        there = row[~np.isnan(row)]
        if len(there):
            assert there.min() - 1e-9 <= mean <= there.max() + 1e-9
        else:
            assert np.isnan(mean)


@given(tables())
def test_a_geometric_mean_never_exceeds_the_arithmetic_one(table: tuple[Numbers, Numbers]) -> None:
    values, chosen = table
    low, _ = aggregate.geometric(values, chosen)
    high, _ = aggregate.arithmetic(lifted(values, "geometric"), chosen)
    assert ((low <= high + 1e-9) | np.isnan(low)).all()


@methods
@given(table=tables(), scale=st.floats(min_value=0.01, max_value=1000))
def test_the_scale_of_the_weights_changes_nothing(
    method: str, table: tuple[Numbers, Numbers], scale: float
) -> None:
    values, chosen = table
    apply = aggregate.METHODS[method]
    for one, other in zip(apply(values, chosen), apply(values, chosen * scale), strict=True):
        np.testing.assert_allclose(one, other, atol=1e-9)


@methods
@given(table=tables(), random=st.randoms())
def test_the_order_of_areas_and_parts_changes_nothing(
    method: str, table: tuple[Numbers, Numbers], random: Any
) -> None:
    values, chosen = table
    rows = random.sample(range(values.shape[0]), values.shape[0])
    columns = random.sample(range(values.shape[1]), values.shape[1])
    means, coverage = aggregate.METHODS[method](values, chosen)
    mixed, covered = aggregate.METHODS[method](values[rows][:, columns], chosen[columns])
    np.testing.assert_allclose(mixed, means[rows], atol=1e-9)
    np.testing.assert_allclose(covered, coverage[rows], atol=1e-9)


@methods
@given(table=tables())
def test_an_area_is_the_same_to_the_last_bit_alone_and_among_others(
    method: str, table: tuple[Numbers, Numbers]
) -> None:
    values, chosen = table
    means, _ = aggregate.METHODS[method](values, chosen)
    alone = [aggregate.METHODS[method](row, chosen)[0][0] for row in values]
    np.testing.assert_array_equal(means, alone)


@methods
@given(table=tables(), data=st.data())
def test_dropping_a_value_never_raises_coverage(
    method: str, table: tuple[Numbers, Numbers], data: st.DataObject
) -> None:
    values, chosen = table
    row = data.draw(st.integers(0, values.shape[0] - 1))
    column = data.draw(st.integers(0, values.shape[1] - 1))
    less = values.copy()
    less[row, column] = np.nan
    apply = aggregate.METHODS[method]
    assert (apply(less, chosen)[1] <= apply(values, chosen)[1]).all()


def test_one_zero_does_not_make_everything_zero() -> None:
    """√(0.1 · 10) = 1, and with a floor of 0.4: √(0.4 · 10) = 2."""
    means = [aggregate.geometric([[0.0, 10.0]], [1.0, 1.0], floor=f)[0][0] for f in (0.1, 0.4)]
    assert means == pytest.approx([1.0, 2.0])


def test_a_geometric_mean_weighs() -> None:
    """2^(3/4) · 32^(1/4) = 2^(3/4 + 5/4) = 4."""
    assert aggregate.geometric([[2.0, 32.0]], [3.0, 1.0])[0][0] == pytest.approx(4.0)
