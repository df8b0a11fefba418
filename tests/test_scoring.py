"""Rounding, normalisation and aggregation."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from builders import rows_of
from strategies import deviations, percentages, tables
from wijkprofiel.scoring import aggregate, normalise
from wijkprofiel.scoring.rounding import half_up

COINR = Path("/work/shared/oracles/coinr")


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


# --- aggregate --------------------------------------------------------------------------


@pytest.mark.skipif(not COINR.is_dir(), reason="the COINr oracle is not on this machine")
def test_arithmetic_equals_coinr() -> None:
    """ASEM index: normalised indicators → 8 groups → 2 sub-indices → index, equal to 1e-9."""
    normalised = pd.read_csv(COINR / "ASEM_COIN_data_Normalised.csv")
    aggregated = pd.read_csv(COINR / "ASEM_COIN_data_Aggregated.csv")
    assert list(normalised["UnitCode"]) == list(aggregated["UnitCode"])
    structure = rows_of(COINR / "ASEM_COIN_structure.csv")
    weight = {row["Code"]: float(row["Weight"]) for row in rows_of(COINR / "ASEM_COIN_weights.csv")}
    parents: dict[str, dict[str, str]] = {"Agg1": {}, "Agg2": {}, "Agg3": {}}
    for row in structure:
        for level, below in (("Agg1", "IndCode"), ("Agg2", "Agg1"), ("Agg3", "Agg2")):
            parents[level][row[below]] = row[level]
    values: dict[str, NDArray[np.float64]] = {
        row["IndCode"]: normalised[row["IndCode"]].to_numpy(dtype=np.float64) for row in structure
    }
    checked = 0
    for children in parents.values():
        for group in dict.fromkeys(children.values()):
            names = [child for child, parent in children.items() if parent == group]
            matrix = np.column_stack([values[name] for name in names])
            values[group], _ = aggregate.arithmetic(matrix, [weight[name] for name in names])
            np.testing.assert_allclose(values[group], aggregated[group], atol=1e-9)
            checked += 1
    assert checked == 11


@given(tables())
def test_an_aggregate_lies_between_its_parts(
    table: tuple[NDArray[np.float64], NDArray[np.float64]],
) -> None:
    values, chosen = table
    means, _ = aggregate.arithmetic(values, chosen)
    for row, mean in zip(values, means, strict=True):
        there = row[~np.isnan(row)]
        if len(there):
            assert there.min() - 1e-9 <= mean <= there.max() + 1e-9
        else:
            assert np.isnan(mean)


@given(tables(), st.floats(min_value=0.01, max_value=1000))
def test_the_scale_of_the_weights_changes_nothing(
    table: tuple[NDArray[np.float64], NDArray[np.float64]], scale: float
) -> None:
    values, chosen = table
    for one, other in zip(
        aggregate.arithmetic(values, chosen),
        aggregate.arithmetic(values, chosen * scale),
        strict=True,
    ):
        np.testing.assert_allclose(one, other, atol=1e-9)


@given(tables(), st.randoms())
def test_the_order_of_areas_and_parts_changes_nothing(
    table: tuple[NDArray[np.float64], NDArray[np.float64]], random: Any
) -> None:
    values, chosen = table
    rows = random.sample(range(values.shape[0]), values.shape[0])
    columns = random.sample(range(values.shape[1]), values.shape[1])
    means, coverage = aggregate.arithmetic(values, chosen)
    mixed, covered = aggregate.arithmetic(values[rows][:, columns], chosen[columns])
    np.testing.assert_allclose(mixed, means[rows], atol=1e-9)
    np.testing.assert_allclose(covered, coverage[rows], atol=1e-9)


@given(tables(), st.data())
def test_dropping_a_value_never_raises_coverage(
    table: tuple[NDArray[np.float64], NDArray[np.float64]], data: st.DataObject
) -> None:
    values, chosen = table
    row = data.draw(st.integers(0, values.shape[0] - 1))
    column = data.draw(st.integers(0, values.shape[1] - 1))
    less = values.copy()
    less[row, column] = np.nan
    assert (aggregate.arithmetic(less, chosen)[1] <= aggregate.arithmetic(values, chosen)[1]).all()
